"""Pages as pictures, with Python's standard library alone: shades of grey or colours, PNG in and out."""
import array
import collections
import struct
import subprocess
import zlib


class Picture:
    """Rows of samples from 0 to 255, one or three a pixel."""

    def __init__(self, width, height, channels, data):
        self.width, self.height, self.channels, self.data = width, height, channels, data

    def row(self, y):
        size = self.width * self.channels
        return self.data[y * size:(y + 1) * size]


def read_pnm(data, at=0):
    """The P5 or P6 picture that begins at `at`, and where it ends."""
    fields = []
    while len(fields) < 4:
        while data[at:at + 1].isspace():
            at += 1
        end = at
        while not data[end:end + 1].isspace():
            end += 1
        fields.append(data[at:end])
        at = end
    channels = {b"P5": 1, b"P6": 3}[fields[0]]
    width, height = int(fields[1]), int(fields[2])
    at += 1
    end = at + width * height * channels
    return Picture(width, height, channels, data[at:end]), end


def read_all(data):
    pictures, at = [], 0
    while at < len(data):
        picture, at = read_pnm(data, at)
        pictures.append(picture)
    return pictures


def pages(pdf, dpi, colour=False, first=1, last=0):
    """The pages of a PDF as poppler draws them."""
    command = ["pdftoppm", "-r", str(dpi), "-f", str(first), *(["-l", str(last)] if last else []),
               *([] if colour else ["-gray"]), str(pdf)]
    return read_all(subprocess.run(command, capture_output=True, check=True).stdout)


def page_by_mupdf(pdf, dpi, number):
    command = ["mutool", "draw", "-q", "-r", str(dpi), "-c", "gray", "-F", "pnm", "-o", "-", str(pdf), str(number)]
    return read_all(subprocess.run(command, capture_output=True, check=True).stdout)[0]


# ---- PNG ---------------------------------------------------------------------------------------

SIGNATURE = b"\x89PNG\r\n\x1a\n"


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width, height, depth, colour_type, rows, palette=b""):
    head = struct.pack(">IIBBBBB", width, height, depth, colour_type, 0, 0, 0)
    return (SIGNATURE + chunk(b"IHDR", head) + (chunk(b"PLTE", palette) if palette else b"")
            + chunk(b"IDAT", zlib.compress(b"".join(b"\0" + row for row in rows), 9)) + chunk(b"IEND", b""))


SIXTEENTH = bytes((value + 8) // 17 for value in range(256))


def grey_png(picture):
    """In sixteen shades: half a byte a pixel."""
    rows = []
    for y in range(picture.height):
        row = picture.row(y).translate(SIXTEENTH) + b"\0"
        rows.append(bytes(a << 4 | b for a, b in zip(row[0::2], row[1::2])))
    return png(picture.width, picture.height, 4, 0, rows)


def read_grey_png(data):
    """What grey_png wrote."""
    at, body, width, height = len(SIGNATURE), b"", 0, 0
    while at < len(data):
        (size,) = struct.unpack(">I", data[at:at + 4])
        kind, content = data[at + 4:at + 8], data[at + 8:at + 8 + size]
        if kind == b"IHDR":
            width, height = struct.unpack(">II", content[:8])
        body += content if kind == b"IDAT" else b""
        at += 12 + size
    raw, size = zlib.decompress(body), (width + 1) // 2 + 1
    high, low = bytes((v >> 4) * 17 for v in range(256)), bytes((v & 15) * 17 for v in range(256))
    rows = bytearray()
    for y in range(height):
        packed = raw[y * size + 1:(y + 1) * size]
        row = bytearray(2 * len(packed))
        row[0::2], row[1::2] = packed.translate(high), packed.translate(low)
        rows += row[:width]
    return Picture(width, height, 1, bytes(rows))


def colour_png(picture, colours=255):
    """With a palette of the colours that are used most; others become the nearest of them."""
    pixels = [picture.data[i:i + 3] for i in range(0, len(picture.data), 3)]
    count = {}
    for pixel in pixels:
        count[pixel] = count.get(pixel, 0) + 1
    palette = sorted(count, key=lambda pixel: (-count[pixel], pixel))[:colours]
    index = {pixel: i for i, pixel in enumerate(palette)}
    for pixel in count:
        if pixel not in index:
            index[pixel] = min(range(len(palette)), key=lambda i: sum((a - b) ** 2 for a, b in zip(palette[i], pixel)))
    rows = [bytes(index[pixel] for pixel in pixels[y * picture.width:(y + 1) * picture.width])
            for y in range(picture.height)]
    return png(picture.width, picture.height, 8, 3, rows, b"".join(palette))


# ---- comparing ---------------------------------------------------------------------------------

BLOCK = 3  # pixels a side: what is smaller differs between renderers


def blocks(picture):
    """The mean of each block of pixels, row by row."""
    means = array.array("f")
    for y in range(0, picture.height - BLOCK + 1, BLOCK):
        rows = [picture.row(y + i) for i in range(BLOCK)]
        columns = list(map(sum, zip(*rows)))
        means.extend(sum(columns[x:x + BLOCK]) / BLOCK ** 2 for x in range(0, picture.width - BLOCK + 1, BLOCK))
    return means


def blurred(means, width):
    """The mean of each block and the two beside it: half a letter to the side is no difference."""
    out = array.array("f")
    for at in range(0, len(means), width):
        row = means[at:at + width]
        padded = [row[0], *row, row[-1]]
        out.extend((padded[i] + padded[i + 1] + padded[i + 2]) / 3 for i in range(width))
    return out


AREA = 8  # blocks a side: a fill, however light


def broad(apart, width):
    """The largest mean of an area: what edges do cancels out, a fill that is gone doesn't."""
    most = 0.0
    rows = len(apart) // width
    for y in range(0, rows - AREA + 1, AREA // 2):
        columns = [sum(apart[(y + i) * width + x] for i in range(AREA)) for x in range(width)]
        for x in range(0, width - AREA + 1, AREA // 2):
            most = max(most, abs(sum(columns[x:x + AREA])) / AREA ** 2)
    return most


HUES = 12   # sectors of the circle of colours
FAINT = 24  # of 255: what has less colour is grey, or an edge
FEW = 5     # pixels of full colour that may differ, …
SHARE = 0.2  # … and so much of what there are


def hues(picture):
    """How much there is of each hue, in pixels of full colour: pictures in grey don't show which a colour has."""
    sums = [0.0] * HUES
    data = picture.data
    for (red, green, blue), n in collections.Counter(zip(data[0::3], data[1::3], data[2::3])).items():
        most, colour = max(red, green, blue), max(red, green, blue) - min(red, green, blue)
        if colour < FAINT:
            continue
        turn = ((green - blue) / colour % 6 if most == red else
                (blue - red) / colour + 2 if most == green else (red - green) / colour + 4)
        sums[int(turn / 6 * HUES + 0.5) % HUES] += n * colour / 255
    return [round(value) for value in sums]


def hues_differ(a, b):
    """The first hue of which there is more or less; None where there is none. What lies between two hues may be in
    either, so each is seen with those beside it."""
    for i in range(HUES):
        one, other = (sum(each[(i + k) % HUES] for k in (-1, 0, 1)) for each in (a, b))
        if abs(one - other) > FEW + SHARE * max(one, other):
            return i
    return None


class Difference:
    """How far two pictures are from each other, of 255: the largest difference of their blurred blocks and where
    it is (in pixels), the largest of an area, and the mean. Pictures of other sizes have nothing in common."""

    def __init__(self, a, b):
        self.most = self.area = self.mean = 255.0
        self.at = (0, 0)
        if (a.width, a.height) != (b.width, b.height):
            return
        width = a.width // BLOCK
        one, other = blurred(blocks(a), width), blurred(blocks(b), width)
        signed = [x - y for x, y in zip(one, other)]
        apart = [abs(value) for value in signed]
        self.most, self.mean, self.area = max(apart), sum(apart) / len(apart), broad(signed, width)
        spot = apart.index(self.most)
        self.at = (spot % width * BLOCK, spot // width * BLOCK)

    def within(self, limits):
        most, area, mean = limits
        return self.most <= most and self.area <= area and self.mean <= mean
