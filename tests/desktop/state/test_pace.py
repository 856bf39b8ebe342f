from desktop.state.pace import Pace


def test_the_rate_is_of_the_last_moments_only() -> None:
    now = [0.0]
    pace = Pace(lambda: now[0])
    assert pace.rate is None
    for step in range(20):
        now[0] = step / 10
        pace.tick()
    assert round(pace.rate or 0, 6) == 10
    now[0] = 10.0
    assert pace.rate is None
    pace.tick()
    assert pace.rate is None
    pace.clear()
    assert pace.rate is None
