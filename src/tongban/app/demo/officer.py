"""What the demonstration's case officers do in the case room."""

from tongban.app.demo.visitor import PageUnexpected, Visitor


def accept(officer: Visitor, case: str) -> None:
    """受理."""
    _act(officer, case, "accept", number="演示受〔2026〕1号")


def ask_for_correction(officer: Visitor, case: str, material: str) -> None:
    """一次性告知 that one material cannot be read."""
    officer.open(f"/desk/review/{case}/")
    choices = officer.form("/acts/notify_correction/").choices[f"defect-{material}"]
    defect = next(choice for choice in choices if choice)
    _act(officer, case, "notify_correction", **{f"defect-{material}": defect})


def grant(officer: Visitor, case: str) -> None:
    """准予, with a result."""
    _act(officer, case, "grant", number="演示证〔2026〕1号", words="符合条件，准予办理（演示）。")


def _act(officer: Visitor, case: str, code: str, **values: str) -> None:
    officer.open(f"/desk/review/{case}/")
    officer.press(f"/acts/{code}/", values=values)
    if "/acts/" in officer.path:
        raise PageUnexpected(f"{code} was not taken: {officer.summary()}")
