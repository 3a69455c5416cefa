"""What a page must show, from its data alone."""

import json
import re
from typing import Any

Row = dict[str, Any]
DRAWN = {"FAN", "LINES", "STACKED_COLUMNS", "STACKED_ROWS", "GROUPED_COLUMNS", "HEAT_MAP", "TIMELINE"}
FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")
TEXT = {"TEXT", "LINK", "DATE", "INSTANT"}
WORDS = {
    "measure": {"gpu_hours": "GPU-hours", "tokens": "Tokens", "mw": "Power"},
    "method": {"mllib_growth": "MLlib model", "seasonal_naive": "Seasonal naive"},
    "cost_basis": {"rate_card": "rate card"},
}


class Section:
    """One section of the page's data, its cells put back where their places stand."""

    def __init__(self, raw: dict[str, Any]) -> None:
        self.id: str = raw["id"]
        self.chart: str = raw["chart"]
        self.columns: list[dict[str, Any]] = raw["columns"]
        self.rows: list[Row] = [
            {column["name"]: self._cell(column, cell) for column, cell in zip(self.columns, row, strict=True)}
            for row in raw["rows"]
        ]

    @staticmethod
    def _cell(column: dict[str, Any], cell: Any) -> Any:
        return column["values"][cell] if cell is not None and "values" in column else cell

    def having(self, role: str) -> list[str]:
        return [column["name"] for column in self.columns if role in column["roles"]]

    def is_text(self, name: str) -> bool:
        return any(column["name"] == name and column["kind"] in TEXT for column in self.columns)

    def chosen(self, choices: list[list[str]]) -> tuple[list[Row], str | None]:
        """The rows that select boxes, told by label and choice, leave, and the value that they choose."""
        rows, value = self.rows, next(iter(self.having("VALUE")), None)
        for label, choice in choices:
            if label == "Show":
                shown = [c for c in self.columns if choice in (c["label"], f"{c['label']}, {c['unit']}")]
                value = next((c["name"] for c in shown if "VALUE" in c["roles"]), value)
            elif label == "Of":
                rows = [row for row in rows if self._fan_name(row) == choice]
            else:
                by = next(c for c in self.columns if c["label"] == label and {"PICK", "FILTER"} & {*c["roles"]})
                if choice != "All" or "PICK" in by["roles"]:
                    rows = [row for row in rows if self._choice(by["name"], row[by["name"]]) == choice]
        return rows, value

    def shown(self, row: Row, cells: list[str]) -> list[str]:
        """The cells of a row in its table: text as it is, numbers to as many decimals as they are written with."""
        expected = []
        for column, cell in zip(self.columns, cells, strict=True):
            value = row[column["name"]]
            if value is None:
                expected.append("–")
            elif not self.is_text(column["name"]):
                expected.append(cell if self._says(cell, value, column["kind"]) else str(value))
            elif column["kind"] == "LINK":
                expected.append(value.removeprefix("https://"))
            else:
                expected.append(WORDS.get(column["name"], {}).get(value, value))
        return expected

    @staticmethod
    def _says(cell: str, value: float, kind: str) -> bool:
        number = cell.removesuffix(" %").replace(",", "")
        decimals = len(number.partition(".")[2])
        return abs(float(number) - value * (100 if kind == "SHARE" else 1)) <= 0.51 * 10**-decimals

    def exported(self, row: Row, cells: list[str]) -> list[str]:
        """The cells of a row in its CSV: text as it is but for the mark that keeps a spreadsheet from computing it."""
        expected = []
        for column, cell in zip(self.columns, cells, strict=True):
            value = row[column["name"]]
            if value is None:
                expected.append("")
            elif self.is_text(column["name"]):
                expected.append(f"'{value}" if FORMULA.match(value) else value)
            else:
                expected.append(cell if float(cell) == float(value) else str(value))
        return expected

    def _fan_name(self, row: Row) -> str:
        return " / ".join(row[name] for name in self.having("SERIES") if row[name] != "all") or "Fleet"

    @staticmethod
    def _choice(name: str, value: Any) -> str:
        if value is None:
            return "–"
        if name == "horizon_days":
            return f"Up to {value} days" if value else "All"
        return WORDS.get(name, {}).get(value, str(value))

    def points(self, rows: list[Row], value: str | None) -> dict[str, int]:
        """How many points each kind of series must have; a kind is the name that the chart gives it, or 'each'."""
        told = [row for row in rows if value and row[value] is not None]
        match self.chart:
            case "FAN":
                ends = {"Actual": "actual", "P10": "p10", "P10 to P90": "p90", "P50": "p50", "Supply": "supply"}
                counts = {end: sum(row[name] is not None for row in rows) for end, name in ends.items()}
                return {end: count for end, count in counts.items() if count or end != "Supply"}
            case "STACKED_COLUMNS":
                return {"each": len({row[x] for x in self.having("X") for row in rows}) * len(self.having("VALUE"))}
            case "STACKED_ROWS":
                return {"each": len(rows) * len(self.having("VALUE"))}
            case "TIMELINE":
                planned = sum(row["planned_on"] is not None for row in rows)
                return {"each": planned, "Happened": sum(row["actual_on"] is not None for row in rows)}
            case _:
                return {"each": len(told)}

    def series(self, rows: list[Row], value: str | None) -> int:
        """How many series the chart must have."""
        told = [row for row in rows if value and row[value] is not None]
        match self.chart:
            case "FAN":
                supply = any(row["supply"] is not None for row in rows)
                plans = supply and any((row["planned_share"] or 0) > 0 for row in rows)
                return 4 + supply + plans
            case "STACKED_COLUMNS" | "STACKED_ROWS":
                return len(self.having("VALUE"))
            case "LINES" | "GROUPED_COLUMNS":
                return len({tuple(row[name] for name in self.having("SERIES")) for row in told})
            case "HEAT_MAP":
                return 1
            case _:
                return 8  # spans and slips, five kinds of plan, what happened


def sections(data: str) -> list[Section]:
    return [Section(raw) for raw in json.loads(data)["sections"]]
