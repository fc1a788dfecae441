"""Dialogues of any size with every kind of answer, one of three groups by hand, and the pictures of them."""

import numpy as np
import pandas as pd
from matplotlib.text import Text

from nasssap_lib.dialogue.agreement import kendall_w, pairwise_tau
from nasssap_lib.dialogue.charts import plot_agreement, plot_support_map
from nasssap_lib.dialogue.charts_burdens import plot_burdens
from nasssap_lib.display.style import Caption

CAPTION = Caption("Testland", "S (2025)")


NAMES = {
    "short": lambda i: f"Group {i}",
    "french": lambda i: (
        f"Confédération nationale des travailleuses et travailleurs de l'économie informelle, section {i}"
    ),
    "hostile": lambda i: [f"{'W' * 70}{i}", f"$x^{i}$\n<b>", "mot " * 60, "–"][i % 4],
}


def dialogue(count: int, options: int, names: str = "short", seed: int = 1) -> pd.DataFrame:
    """Groups with influence, positions and burdens of every kind, some of them not stated."""
    rng = np.random.default_rng(seed)
    rows = []
    for i in range(count):
        influence = rng.choice([0.0, 0.05, 0.3, 0.9, np.nan])
        for j, rank in enumerate(rng.permutation(options) + 1.0):
            said = {
                "position": rng.choice([-1, -0.4, 0, 0.25, 1, np.nan]),
                "burden": rng.choice([np.nan, rng.normal(), 0.0004, 0]),
            }
            rows.append({"stakeholder": f"s{i}", "group": NAMES[names](i), "influence": influence, "list": "benefit", "option": f"o{j}",
                         "name": f"{NAMES[names](j)} benefit", "rank": rank, "quality": "observed", "source": "S", **said})  # fmt: skip
    return pd.DataFrame(rows)


def support_of(groups: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for (option, name), part in groups.groupby(["option", "name"], sort=False):
        weighed = part[part["influence"].notna()]
        total = weighed["influence"].sum()
        share = {
            word: weighed.loc[mask, "influence"].sum() / total if total > 0 else np.nan
            for word, mask in (("support", weighed["position"] > 0), ("no_answer", weighed["position"].isna()))
        }
        opposed = part.loc[part["position"] < 0, "group"]
        rows.append(
            {
                "option": option,
                "name": name,
                "weighting": "influence",
                **share,
                "opposed_by": ";".join(opposed),
                "nobody_opposes": opposed.empty,
            }
        )
    return pd.DataFrame(rows).sort_values("support", ascending=False, kind="stable")


def pictures(groups: pd.DataFrame, caption=CAPTION) -> dict:
    wide = groups.pivot(index="option", columns="stakeholder", values="rank")
    wide.columns = groups.drop_duplicates("stakeholder")["group"]
    tau = pd.DataFrame(pairwise_tau(wide.set_axis(range(wide.shape[1]), axis=1)).to_numpy(), wide.columns, wide.columns)
    return {
        "support": plot_support_map(groups, support_of(groups), caption),
        "burdens": plot_burdens(groups, caption),
        "agreement": plot_agreement(tau, kendall_w(wide.set_axis(range(wide.shape[1]), axis=1)), caption),
    }


def words(figure) -> str:
    return " ".join(text.get_text().replace("\n", " ") for text in figure.findobj(Text))


def told(**said) -> pd.DataFrame:
    """Three groups and two options, by hand; keyword arguments overwrite columns."""
    groups = pd.DataFrame({
        "stakeholder": ["f", "f", "u", "u", "w", "w"],
        "group": ["Finance", "Finance", "Unions", "Unions", "Women", "Women"],
        "influence": [0.9, 0.9, 0.6, 0.6, np.nan, np.nan],
        "list": "benefit", "option": ["a", "b"] * 3, "name": ["Child benefit", "Pension"] * 3, "rank": [1.0, 2.0] * 3,
        "position": [1.0, -0.5, 0.25, 0.0, 1.0, np.nan], "burden": [0.5, 0.25, -0.1, 0.0, np.nan, np.nan],
        "quality": "observed", "source": "S",
    })  # fmt: skip
    return groups.assign(**said)
