"""What is encrypted opens with its key, at its place, unchanged, and not otherwise."""

import io
import stat
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from liuchi.kernel import crypto, encrypted_files


@pytest.fixture(autouse=True)
def keys(settings, tmp_path):
    settings.KEYS = tmp_path / "keys"
    crypto.forget_keys()
    yield settings.KEYS
    crypto.forget_keys()


same_keys = hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@same_keys
@given(text=st.text(), place=st.text(max_size=20))
def test_a_field_comes_back_only_at_its_place(text, place):
    cipher = crypto.encrypt(text, place)
    assert crypto.decrypt(cipher, place) == text
    assert crypto.encrypt(text, place) != cipher
    with pytest.raises(crypto.CryptoError, match="another row"):
        crypto.decrypt(cipher, place + "x")


@same_keys
@given(position=st.integers(0, 60), bit=st.integers(0, 7))
def test_a_changed_field_does_not_open(position, bit):
    raw = bytearray(crypto.encrypt("some words", "here"))
    raw[position % len(raw)] ^= 1 << bit
    with pytest.raises(crypto.CryptoError):
        crypto.decrypt(bytes(raw), "here")


def test_rotation_keeps_old_values_readable_and_a_lost_key_is_named(keys):
    old = crypto.encrypt("old")
    first = crypto.ring("field").current.id
    second = crypto.rotate("field").id
    new = crypto.encrypt("new")
    assert (crypto.decrypt(old), crypto.decrypt(new)) == ("old", "new")
    path = keys / "field.keys"
    path.write_text("".join(line for line in path.open() if not line.startswith(first.hex())))
    crypto.forget_keys()
    assert crypto.decrypt(new) == "new"
    assert crypto.ring("field").current.id == second
    with pytest.raises(crypto.CryptoError, match=first.hex()):
        crypto.decrypt(old)


def test_key_files_are_for_the_owner_alone_and_made_once(keys):
    with ThreadPoolExecutor(8) as pool:
        made = set(pool.map(lambda _: crypto._read_ring.__wrapped__(keys, "field").current, range(16)))
    assert len(made) == 1
    assert stat.S_IMODE((keys / "field.keys").stat().st_mode) == 0o600
    assert [path.name for path in keys.iterdir()] == ["field.keys"]


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("13800138000", "13800138000"),
        (" +86 138-0013-8000", "13800138000"),
        ("0086 138 0013 8000", "13800138000"),
        ("8613800138000", "13800138000"),
        ("１３８００１３８０００", "13800138000"),
        ("(0551) 6234-5678", "055162345678"),
        ("+86 551 6234 5678", "055162345678"),
        ("+852 2123 4567", "+85221234567"),
        ("12345", "12345"),
    ],
)
def test_a_phone_number_is_found_however_it_is_written(written, normal):
    assert crypto.normal_phone(written) == normal
    assert crypto.phone_index(written) == crypto.phone_index(normal)
    assert len(crypto.phone_index(written)) == 32


def test_an_id_number_is_found_however_it_is_written():
    # the example of the standard GB 11643, and its older form
    assert crypto.id_check_digit("11010519491231002") == "X"
    assert crypto.normal_id_number(" 11010519491231002x ") == "11010519491231002X"
    assert crypto.normal_id_number("110105491231002") == "11010519491231002X"


def test_the_blind_index_needs_the_key(keys):
    before = crypto.phone_index("13800138000")
    (keys / "index.key").unlink()
    crypto.forget_keys()
    assert crypto.phone_index("13800138000") != before
    assert crypto.blind_index("id", "1") != crypto.blind_index("phone", "1")


def sealed(data: bytes) -> bytes:
    target = io.BytesIO()
    writer = encrypted_files.EncryptedWriter(target)
    for start in range(0, len(data), 1000):
        writer.write(data[start : start + 1000])
    writer.finish()
    return target.getvalue()


SIZES = [
    0,
    1,
    encrypted_files.CHUNK - 1,
    encrypted_files.CHUNK,
    encrypted_files.CHUNK + 1,
    3 * encrypted_files.CHUNK,
    200_001,
]


@pytest.mark.parametrize("size", SIZES)
def test_a_file_comes_back_byte_for_byte(size):
    data = bytes(index * 31 % 251 for index in range(size))
    cipher = sealed(data)
    assert data[:64] not in cipher or size < 8
    reader = encrypted_files.EncryptedReader(io.BytesIO(cipher))
    assert reader.size == size
    assert reader.read() == data


@same_keys
@given(start=st.integers(0, 210_000), length=st.integers(0, 70_000))
@example(start=encrypted_files.CHUNK - 5, length=10)
def test_any_part_of_a_file_can_be_read_alone(start, length):
    data = bytes(range(256)) * 800
    reader = io.BufferedReader(encrypted_files.EncryptedReader(io.BytesIO(sealed(data))))
    reader.seek(start)
    assert reader.read(length) == data[start : start + length]


@pytest.mark.parametrize("how", ["flip", "cut", "cut a chunk", "swap", "empty", "longer"])
def test_a_changed_file_does_not_open(how):
    cipher = bytearray(sealed(bytes(200_000)))
    chunk = encrypted_files.CHUNK + 16
    if how == "flip":
        cipher[100_000] ^= 1
    elif how == "cut":
        del cipher[-10:]
    elif how == "cut a chunk":
        del cipher[24 + 2 * chunk :]
    elif how == "swap":
        cipher[24 : 24 + 2 * chunk] = cipher[24 + chunk : 24 + 2 * chunk] + cipher[24 : 24 + chunk]
    elif how == "empty":
        cipher.clear()
    else:
        cipher += bytes(40)
    with pytest.raises(crypto.CryptoError):
        encrypted_files.EncryptedReader(io.BytesIO(bytes(cipher))).read()


def test_a_file_on_the_disk(tmp_path):
    path = tmp_path / "file"
    encrypted_files.write_encrypted(path, b"picture")
    with encrypted_files.open_encrypted(path) as file:
        assert file.read() == b"picture"
    with pytest.raises(FileExistsError):
        encrypted_files.write_encrypted(path, b"other")
