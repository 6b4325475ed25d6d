"""What was worked out once and will be asked for again."""

from collections.abc import Callable


class Memo(dict[str, str]):
    """Answers by word, worked out when first asked for; emptied when it grows too large, for texts never end."""

    def __init__(self, made: Callable[[str], str], most: int) -> None:
        super().__init__()
        self.made, self.most = made, most

    def __missing__(self, word: str) -> str:
        if len(self) >= self.most:
            self.clear()
        answer = self[word] = self.made(word)
        return answer
