import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.channels.descriptors import (
    DESCRIPTOR_BYTES_MAX,
    Descriptor,
    continues,
    fingerprint,
    read_descriptor,
    supersedes,
)
from tongban.channels.endpoints import Endpoint
from tongban.channels.faults import DescriptorUnreadable
from tongban.channels.keepers import Keeper
from tongban.evidence.notes import encode_note, sign_note
from tongban.evidence.signer import KeyPurpose, KeyRing, verifier_key

from .nodes import descriptor, door_certificate, key_ring

HEFEI = Endpoint(
    road="https",
    address="https://10.34.1.7:8443",
    certificate=door_certificate("hefei").certificate,
)
GATEWAY = Endpoint(road="gateway", address="hefei")


def signed_text(text: str, signer: KeyRing | None = None) -> bytes:
    note = sign_note(text, name="hefei/descriptor", signer=signer or key_ring(1))
    return encode_note(note)


def text_of(data: bytes) -> str:
    return data.decode().split("\n\n")[0] + "\n"


def test_what_was_made_is_read_back() -> None:
    read = read_descriptor(descriptor(endpoints=(HEFEI, GATEWAY), serial=7))
    assert (read.name, read.serial, read.endpoints) == ("hefei", 7, (HEFEI, GATEWAY))
    assert read.title.zh == "合肥市（演示）"


def test_it_gives_the_keys_that_check_the_nodes_signatures() -> None:
    signer = key_ring(1)
    read = read_descriptor(descriptor(signer=signer))
    for purpose in (KeyPurpose.LOG, KeyPurpose.MIRROR, KeyPurpose.WITNESS):
        assert read.verifier_key(purpose, "a name") == verifier_key(signer, purpose, "a name")
    assert read.keys.sealing == signer.public(KeyPurpose.SEALING)


def test_the_fingerprint_stays_when_only_the_endpoint_changes() -> None:
    before, after = descriptor(endpoints=(HEFEI,)), descriptor(endpoints=(GATEWAY,), serial=2)
    assert fingerprint(read_descriptor(before)) == fingerprint(read_descriptor(after))


@pytest.mark.parametrize("purpose", KeyPurpose)
def test_the_fingerprint_changes_with_every_key(purpose: KeyPurpose) -> None:
    mine, other = key_ring(1), key_ring(2)
    mixed = KeyRing(
        suite=mine.suite,
        private_keys={**mine.private_keys, purpose: other.private_keys[purpose]},
    )
    assert print_of(descriptor(signer=mixed)) != print_of(descriptor(signer=mine))


def test_the_fingerprint_changes_with_the_name() -> None:
    assert print_of(descriptor("wuhu")) != print_of(descriptor("hefei"))


def test_the_fingerprint_is_eight_groups_of_four() -> None:
    assert [len(group) for group in print_of(descriptor()).split(" ")] == [4] * 8


def print_of(data: bytes) -> str:
    return fingerprint(read_descriptor(data))


def test_only_a_later_descriptor_of_the_same_keys_supersedes() -> None:
    old, new = (read_descriptor(descriptor(serial=serial)) for serial in (1, 2))
    other = read_descriptor(descriptor(serial=3, signer=key_ring(2)))
    assert supersedes(new, old)
    assert not any((supersedes(old, new), supersedes(old, old), supersedes(other, old)))


@given(st.data())
def test_every_changed_byte_is_noticed(data: st.DataObject) -> None:
    changed = bytearray(descriptor(endpoints=(GATEWAY,)))
    changed[data.draw(st.integers(0, len(changed) - 1))] ^= data.draw(st.integers(1, 255))
    with pytest.raises(DescriptorUnreadable):
        read_descriptor(bytes(changed))


@given(st.binary(max_size=300))
def test_garbage_is_unreadable(garbage: bytes) -> None:
    with pytest.raises(DescriptorUnreadable):
        read_descriptor(garbage)


def test_a_descriptor_signed_by_another_key_is_refused() -> None:
    forged = signed_text(text_of(descriptor()), signer=key_ring(2))
    with pytest.raises(DescriptorUnreadable, match="log key"):
        read_descriptor(forged)


def test_a_second_signature_is_refused() -> None:
    mine = descriptor()
    other = signed_text(text_of(mine), signer=key_ring(2)).split(b"\n\n")[1]
    with pytest.raises(DescriptorUnreadable, match="no other"):
        read_descriptor(mine + other)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('{"endpoints"', '{ "endpoints"'),
        ('"serial":1', '"serial":1,"serial":1'),
        ('"serial":1', '"serial":1,"unknown":1'),
        ('"serial":1', '"serial":01'),
        ('"serial":1', '"serial":1.0'),
        ('"en":"Hefei', '"en":"\\u0048efei'),
        ("tongban-descriptor/1", "tongban-descriptor/2"),
    ],
)
def test_another_spelling_is_refused_although_it_is_signed(old: str, new: str) -> None:
    text = text_of(descriptor())
    assert old in text
    with pytest.raises(DescriptorUnreadable):
        read_descriptor(signed_text(text.replace(old, new)))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "Hefei"),
        ("jurisdictions", ()),
        ("jurisdictions", ("340100", "340100")),
        ("jurisdictions", ("340200", "340100")),
        ("jurisdictions", ("3401",)),
        ("jurisdictions", ("３４０１００",)),
        ("suite", "rot13"),
        ("serial", 0),
        ("serial", 2**63),
        ("endpoints", (GATEWAY,) * 9),
        ("endpoints", (Endpoint(road="gateway", address="../x"),)),
        ("endpoints", (Endpoint(road="HTTPS", address="https://10.0.0.1:1"),)),
    ],
)
def test_unsound_values_are_refused_although_they_are_signed(field: str, value: object) -> None:
    sound = read_descriptor(descriptor())
    changed: Descriptor = msgspec.structs.replace(sound, **{field: value})
    text = msgspec.json.encode(changed, order="sorted").decode() + "\n"
    with pytest.raises(DescriptorUnreadable):
        read_descriptor(signed_text(text))


@pytest.mark.parametrize("key", ["log", "mirror", "witness", "sealing"])
def test_a_key_of_another_length_is_refused(key: str) -> None:
    sound = read_descriptor(descriptor())
    keys = msgspec.structs.replace(sound.keys, **{key: b"short"})
    text = msgspec.json.encode(msgspec.structs.replace(sound, keys=keys), order="sorted").decode()
    with pytest.raises(DescriptorUnreadable, match="key"):
        read_descriptor(signed_text(text + "\n"))


def test_one_key_for_two_purposes_is_refused() -> None:
    signer = key_ring(1)
    privates = {**signer.private_keys, KeyPurpose.MIRROR: signer.private_keys[KeyPurpose.LOG]}
    with pytest.raises(DescriptorUnreadable, match="different"):
        descriptor(signer=KeyRing(suite=signer.suite, private_keys=privates))


def test_a_descriptor_over_the_cap_is_not_even_parsed() -> None:
    with pytest.raises(DescriptorUnreadable, match="at most"):
        read_descriptor(bytes(DESCRIPTOR_BYTES_MAX + 1))


@pytest.mark.parametrize(
    "address",
    [
        "http://10.0.0.1:80",
        "https://10.0.0.1",
        "https://10.0.0.1:0443",
        "https://10.0.0.1:65536",
        "https://10.0.0.1:443/",
        "https://user@10.0.0.1:443",
        "https://HEFEI.example:443",
        "https://10.0.0.1:４４３",
        "https://10.0.0.1:443\n",
        "https://[fe80::1%25eth0]:443",
    ],
)
def test_an_https_address_of_another_form_is_refused(address: str) -> None:
    with pytest.raises(DescriptorUnreadable, match="endpoints"):
        descriptor(endpoints=(msgspec.structs.replace(HEFEI, address=address),))


@pytest.mark.parametrize("certificate", [b"", b"0\x03\x02\x01\x01", bytes(9000)])
def test_an_https_endpoint_without_a_certificate_is_refused(certificate: bytes) -> None:
    with pytest.raises(DescriptorUnreadable, match="endpoints"):
        descriptor(endpoints=(msgspec.structs.replace(HEFEI, certificate=certificate),))


def test_a_road_of_a_later_version_is_kept() -> None:
    later = Endpoint(road="nats", address="nats://10.0.0.1:4222", certificate=b"\0")
    assert read_descriptor(descriptor(endpoints=(later, GATEWAY))).endpoints == (later, GATEWAY)


def kept(key_sets: int | None = None) -> bytes:
    return descriptor(
        signer=key_ring(2),
        earlier=(key_ring(1),),
        keeper=Keeper(node="songjiang", key_sets=key_sets),
    )


def test_a_kept_node_says_who_holds_its_keys() -> None:
    read = read_descriptor(descriptor(keeper=Keeper(node="songjiang")))
    assert (read.format, read.kept_by) == ("tongban-descriptor/3", "songjiang")


def test_keys_that_the_keeper_never_had_are_the_nodes_own() -> None:
    assert [each.kept_by for each in read_descriptor(kept(1)).sets] == ["songjiang", ""]
    assert [each.kept_by for each in read_descriptor(kept()).sets] == ["songjiang"] * 2


def test_who_never_was_kept_is_written_as_before() -> None:
    assert "kept_by" not in text_of(descriptor(signer=key_ring(2), earlier=(key_ring(1),)))


def test_a_mark_does_not_come_off_the_keys_that_had_it() -> None:
    guest = read_descriptor(descriptor(keeper=Keeper(node="songjiang")))
    washed = read_descriptor(descriptor(serial=2))
    assert not supersedes(washed, guest)
    assert not continues(washed, guest)
    assert continues(read_descriptor(kept(1)), guest)


@pytest.mark.parametrize("keeper", ["hefei", "Songjiang", "two words"])
def test_only_another_node_keeps_a_node(keeper: str) -> None:
    with pytest.raises(DescriptorUnreadable, match="names as keeper"):
        descriptor(keeper=Keeper(node=keeper))


def test_a_node_of_its_own_does_not_become_a_guest() -> None:
    read = read_descriptor(kept(1))
    own, guest = read.earlier[0], read.earlier[0].kept_by
    earlier = (msgspec.structs.replace(own, kept_by=""),)
    turned = msgspec.structs.replace(read, earlier=earlier, kept_by=guest)
    text = msgspec.json.encode(turned, order="sorted").decode() + "\n"
    with pytest.raises(DescriptorUnreadable, match="names as keeper"):
        read_descriptor(signed_text(text, key_ring(2)))
