"""The one error that actions raise to tell a person what to do instead."""


class Refused(Exception):
    """An action was not carried out, and nothing was changed.

    code: a stable word for programs (``too_large``); sentence: what happened and what to do, in the person's language;
    field: the field of the form to mark, if one is at fault; status: the HTTP status that says it best;
    retry_after: seconds to wait before trying again, where waiting helps.
    """

    def __init__(
        self, code: str, sentence: str, field: str | None = None, status: int = 422, retry_after: int | None = None
    ) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = str(sentence)
        self.field = field
        self.status = status
        self.retry_after = retry_after

    def as_dict(self) -> dict[str, str | int]:
        """``{"error", "message"}`` and, if one is at fault, ``"field"``."""
        told: dict[str, str | int] = {"error": self.code, "message": self.sentence}
        if self.field:
            told["field"] = self.field
        if self.retry_after is not None:
            told["retry_after"] = self.retry_after
        return told
