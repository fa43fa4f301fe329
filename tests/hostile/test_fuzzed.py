"""What fuzzing feeds to the readers of strangers' files: its seeds, and every input that once was too much for one of them."""

import time

import pytest
from fuzz.corpus import FOLDER, found_of, most_bytes, seeds_of, target, targets
from fuzz.run import MOST_SECONDS, main

#: So many seeds of each target are tried in a short run.
FEW = 12


def fed(name, raws):
    """Feed a target, and return what took longer than an input may."""
    module = target(name)
    module.one(b"")
    slow = []
    for raw in raws:
        before = time.process_time()
        module.one(raw)
        if time.process_time() - before > MOST_SECONDS:
            slow.append(raw)
    return slow


@pytest.mark.parametrize("name", targets())
def test_what_once_was_too_much_is_none_any_more(name):
    """A fault that comes back is found at once, without a tool for fuzzing."""
    assert [] == fed(name, found_of(name).values())


@pytest.mark.parametrize("name", targets())
def test_a_target_takes_what_it_begins_with(name):
    """One that fell at its own seeds would fuzz nothing else."""
    seeds = seeds_of(target(name))

    assert seeds
    assert [] == fed(name, seeds[:: max(1, len(seeds) // FEW)])


@pytest.mark.long
@pytest.mark.parametrize("name", targets())
def test_a_target_takes_every_seed_and_every_word(name):
    """Cut short and with a word of its own put in, too: what atheris does first."""
    module = target(name)
    seeds = seeds_of(module)
    words = [word.encode("utf-8", "surrogateescape") for word in module.WORDS]
    cut = [seed[: len(seed) * part // 4] for seed in seeds for part in (1, 2, 3)]
    put = [seed[: len(seed) // 2] + words[at % len(words)] + seed[len(seed) // 2 :] for at, seed in enumerate(seeds)]

    assert [] == fed(name, [one[: most_bytes(module)] for one in (*seeds, *cut, *put, *words)])


def test_what_was_found_belongs_to_a_target():
    """A case in the folder of no target is replayed by nobody."""
    assert {folder.name for folder in (FOLDER / "found").iterdir() if folder.is_dir()} <= set(targets())


def test_a_target_that_is_none_is_refused(capsys):
    """A slip in a name must not look like a run that found nothing."""
    with pytest.raises(SystemExit):
        main(["nothing-of-the-sort"])

    assert "no such target: nothing-of-the-sort" in capsys.readouterr().err
