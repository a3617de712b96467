"""The part of h5py that Keras saves models with, in plain Python: where there is no h5py.

What it writes is HDF5, so a model saved in a browser tab opens on a laptop; it reads what it wrote
and what h5py writes by default. A group is a dict of groups and datasets, held in memory and
written when the file is closed::

    file = File("numbers.h5", "w")
    file.create_group("layers/dense")["0"] = np.arange(3)
    file.close()

In the file, a group or a dataset is a header at some address: a list of messages, each with its
type, which say what it is and at which addresses the rest is found. All numbers below are those of
the HDF5 File Format Specification Version 3.0, levels 0A (superblock), 1A to 1D (groups) and 2A
(headers and messages): https://support.hdfgroup.org/archive/support/HDF5/doc/H5.format.html
"""

import math
import struct
from pathlib import Path

import numpy as np

SIGNATURE = b"\x89HDF\r\n\x1a\n"
NOWHERE = 2**64 - 1  # the address of what is not in the file
DATASPACE, LINK_INFO, DATATYPE, LINK, LAYOUT, ATTRIBUTE = 0x01, 0x02, 0x03, 0x06, 0x08, 0x0C
CONTINUATION, SYMBOL_TABLE = 0x10, 0x11
NO_OTHER_LINKS = struct.pack("<BBQQ6x", 0, 0, NOWHERE, NOWHERE)  # in LINK_INFO

SoftLink = ExternalLink = object()  # Keras refuses to follow these; there are none here


class Dataset:
    """An array in a file."""

    external, is_virtual = None, False  # Keras refuses datasets whose numbers are in other files

    def __init__(self, array):
        self.array, self.attrs = array, {}
        self.shape, self.dtype, self.id = array.shape, array.dtype, self

    def get_storage_size(self):
        return self.array.nbytes

    def __array__(self, dtype=None, copy=None):
        return np.array(self.array, dtype)

    def __getitem__(self, key):
        return np.array(self.array[key])


class Group(dict):
    """Groups and datasets by their names. A path with slashes leads to those further down."""

    def __init__(self, name="/"):
        super().__init__()
        self.name, self.attrs = name, {}

    def __bool__(self):
        return True  # also without items

    def __getitem__(self, path):
        item = self
        for name in path.split("/"):
            item = dict.__getitem__(item, name)
        return item

    def __contains__(self, path):
        item = self
        for name in path.split("/"):
            item = dict.get(item, name) if isinstance(item, Group) else None
        return item is not None

    def get(self, path, default=None, getclass=False, getlink=False):
        if path not in self:
            return default
        return type(self[path]) if getclass else self[path]

    def create_group(self, path):
        group = self
        for name in path.split("/"):
            group = group.setdefault(name, Group(f"{group.name.rstrip('/')}/{name}"))
        return group

    def create_dataset(self, name, data):
        array = np.array(data)
        if array.dtype not in TYPE_MESSAGES:
            raise TypeError(f"{array.dtype} values need h5py: save them on a laptop or in Binder")
        dict.__setitem__(self, name, Dataset(array))
        return self[name]

    __setitem__ = create_dataset


class File(Group):
    """An HDF5 file to read (mode "r") or to write ("w"), as a path or an open binary file."""

    def __init__(self, file, mode="r"):
        super().__init__()
        self.file, self.filename, self.mode = file, str(file), mode
        if mode == "r" and hasattr(file, "read"):
            file.seek(0)
            self.update(unpacked(file.read()))
        elif mode == "r":
            self.update(unpacked(Path(file).read_bytes()))
        elif mode == "w":
            self._write(b"")  # a path that cannot be written is an error now
        else:
            raise ValueError(f"without h5py, a file is opened with mode 'r' or 'w', not {mode!r}")

    def _write(self, content):
        if hasattr(self.file, "write"):
            self.file.write(content)
        else:
            Path(self.file).write_bytes(content)

    def close(self):
        if self.mode == "w":
            self._write(packed(self))
        self.mode = "closed"


# Writing: superblock version 0; each header comes after what it has the address of


def padded(content):
    """Content up to a multiple of eight bytes."""
    return content + bytes(-len(content) % 8)


def type_message(dtype):
    """What describes integers or floats: their class, their size, and what each bit is."""
    n_bits = 8 * dtype.itemsize
    if dtype.kind in "iu":
        signed = 8 if dtype.kind == "i" else 0
        return padded(struct.pack("<BBHIHH", 0x10, signed, 0, dtype.itemsize, 0, n_bits))
    limits = np.finfo(dtype)
    parts = (limits.nmant, limits.nexp, 0, limits.nmant)  # the first bit and the length of each
    bits = struct.pack("<HHBBBBI", 0, n_bits, *parts, 2 ** (limits.nexp - 1) - 1)
    return padded(struct.pack("<BBBBI", 0x11, 0x20, n_bits - 1, 0, dtype.itemsize) + bits)


NUMBERS = ["f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8"]
TYPE_MESSAGES = {dtype: type_message(dtype) for dtype in map(np.dtype, NUMBERS)}
TYPES = {message: dtype for dtype, message in TYPE_MESSAGES.items()}


def dataspace(shape):
    return struct.pack(f"<BB6x{len(shape)}Q", 1, len(shape), *shape)


def attribute(name, text):
    """An attribute whose value is a text."""
    name, text = name.encode() + b"\0", text.encode() + b"\0"
    string, alone = struct.pack("<BBHI", 0x13, 0x10, 0, len(text)), dataspace(())
    sizes = struct.pack("<BBHHHB", 3, 0, len(name), len(string), len(alone), 1)
    return sizes + name + string + alone + text


def link(name, address):
    name = name.encode()
    return struct.pack("<BBBI", 1, 0x12, 1, len(name)) + name + struct.pack("<Q", address)


def header(messages):
    parts = [(kind, padded(content)) for kind, content in messages]
    body = b"".join(struct.pack("<HH4x", kind, len(content)) + content for kind, content in parts)
    return struct.pack("<BxHII4x", 1, len(parts), 1, len(body)) + body


def packed(root):
    """The bytes of a file with this group as its root."""
    out = bytearray(96)  # of the superblock

    def put(content):
        address = len(out)
        out.extend(padded(content))
        return address

    def put_item(item):
        messages = [(ATTRIBUTE, attribute(*each)) for each in item.attrs.items()]
        if isinstance(item, Group):
            messages += [(LINK_INFO, NO_OTHER_LINKS)]
            messages += [(LINK, link(name, put_item(item[name]))) for name in sorted(item)]
        else:
            address = put(item.array.tobytes()) if item.array.size else NOWHERE
            layout = struct.pack("<BBQQ", 3, 1, address, item.array.nbytes)
            messages += [(DATATYPE, TYPE_MESSAGES[item.dtype]), (DATASPACE, dataspace(item.shape))]
            messages += [(LAYOUT, layout)]
        return put(header(messages))

    top = put_item(root)
    sizes = struct.pack("<5xBBxHHI", 8, 8, 4, 16, 0)  # of addresses and lengths, of tree nodes
    addresses = struct.pack("<QQQQQQ24x", 0, NOWHERE, len(out), NOWHERE, 0, top)
    out[:96] = SIGNATURE + sizes + addresses
    return bytes(out)


# Reading: the same, and groups in the older form that h5py writes, a tree of tables of names


def messages_at(content, address):
    """The messages of the header at an address: the type and the content of each."""
    version, size = struct.unpack_from("<B7xI", content, address)
    if version != 1:
        raise ValueError("it has a header of a newer form")
    blocks = [(address + 16, size)]
    for start, size in blocks:  # the list grows
        end = start + size
        while start < end:
            kind, length = struct.unpack_from("<HH", content, start)
            start += 8 + length
            message = content[start - length : start]
            if kind == CONTINUATION:
                blocks.append(struct.unpack("<QQ", message))
            yield kind, message


def link_of(message):
    """The name and the address in the message of a link."""
    flags = message[1]
    if flags & 0x0C:
        raise ValueError("it has links that are no names")
    start = 2 + (flags >> 4)  # after the name's encoding, if it is given
    middle = start + 2 ** (flags & 3)  # after the name's length
    end = middle + int.from_bytes(message[start:middle], "little")
    return message[middle:end].decode(), int.from_bytes(message[end : end + 8], "little")


def links_in(content, node, names):
    """The names and addresses in a tree of tables. The names are in a heap, from an address on."""
    signature, n_items = struct.unpack_from("<4s2xH", content, node)
    for k in range(n_items):
        if signature == b"TREE":
            (child,) = struct.unpack_from("<Q", content, node + 32 + 16 * k)
            yield from links_in(content, child, names)
        else:
            offset, address = struct.unpack_from("<QQ", content, node + 8 + 40 * k)
            start = names + offset
            yield content[start : content.index(b"\0", start)].decode(), address


def array_of(messages, content):
    """The array of a dataset with these messages."""
    if messages[DATATYPE] not in TYPES:
        raise ValueError("it has other values than integers and floats")
    dtype = TYPES[messages[DATATYPE]]
    version, rank = messages[DATASPACE][:2]
    shape = struct.unpack_from(f"<{rank}Q", messages[DATASPACE], 8 if version == 1 else 4)
    version, kind, address = struct.unpack_from("<BBQ", messages[LAYOUT])
    if (version, kind) != (3, 1):
        raise ValueError("it has a dataset in chunks, as compressed ones are")
    if 0 in shape:
        return np.zeros(shape, dtype)
    return np.frombuffer(content, dtype, math.prod(shape), address).reshape(shape)


def item_at(content, address, name="/"):
    """The dataset, or the group with all its items, that has its header at an address."""
    messages = list(messages_at(content, address))
    found = dict(messages)
    if LAYOUT in found:
        return Dataset(array_of(found, content))
    links = [link_of(message) for kind, message in messages if kind == LINK]
    if LINK_INFO in found and found[LINK_INFO] != NO_OTHER_LINKS:
        raise ValueError("it has a large group of the newer form")
    if SYMBOL_TABLE in found:
        tree, heap = struct.unpack("<QQ", found[SYMBOL_TABLE])
        (names,) = struct.unpack_from("<Q", content, heap + 24)
        links += links_in(content, tree, names)
    group = Group(name)
    for child, place in links:
        dict.__setitem__(group, child, item_at(content, place, f"{name.rstrip('/')}/{child}"))
    return group


def unpacked(content):
    """The root group of a file. The opposite of `packed`."""
    if not content.startswith(SIGNATURE):
        raise OSError("This is not an HDF5 file.")
    try:
        version, length, top = struct.unpack_from("<8xB31xQ16xQ", content)
        if version != 0:
            raise ValueError("it is of a newer form")
        if length > len(content):
            raise ValueError(f"it has {len(content)} of {length} bytes")
        return item_at(content, top)
    except (struct.error, ValueError, LookupError, OverflowError) as error:
        raise OSError(
            f"This HDF5 file needs h5py: {error}. Load it on a laptop or in Binder."
        ) from error
