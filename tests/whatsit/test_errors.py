from whatsit.errors import nearest


def test_the_nearest_right_word_is_asked_for_and_all_where_none_is_near() -> None:
    right = ["fit.epochs", "fit.batch", "head.alpha"]
    assert nearest("epochs", right) == "did you mean 'fit.epochs'?"
    assert nearest("zzz", right) == "there are: fit.epochs, fit.batch, head.alpha."
    assert nearest("zzz", right, "expected a key.") == "expected a key."
