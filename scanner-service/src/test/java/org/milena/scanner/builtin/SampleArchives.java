package org.milena.scanner.builtin;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveOutputStream;
import org.apache.commons.compress.archivers.cpio.CpioArchiveEntry;
import org.apache.commons.compress.archivers.cpio.CpioArchiveOutputStream;
import org.apache.commons.compress.archivers.cpio.CpioConstants;
import org.apache.commons.compress.archivers.sevenz.SevenZMethod;
import org.apache.commons.compress.archivers.sevenz.SevenZOutputFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.CompressorStreamFactory;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.milena.scanner.scan.SampleMail;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.LZMAOutputStream;

/** Archives of one file in every form, made by the libraries of others where there is one. */
final class SampleArchives {

  private SampleArchives() {}

  /** By the name of the archive. */
  static Map<String, byte[]> with(String name, byte[] content) {
    Map<String, byte[]> all = new LinkedHashMap<>();
    all.put("a.zip", SampleMail.zip(name, content));
    all.put("stored.zip", zip(name, 0, content, content));
    all.put("described.zip", describedZip(name, content));
    all.put("zip64.zip", zip64(name, content));
    all.put("bzip2.zip", zip(name, 12, packed("bzip2", content), content));
    all.put("lzma.zip", zip(name, 14, zipLzma(content), content));
    all.put("xz.zip", zip(name, 95, packed("xz", content), content));
    all.put("zstd.zip", zip(name, 93, packed("zstd", content), content));
    all.put("deflate64.zip", zip(name, 9, storedBlock(content), content));
    for (int style :
        new int[] {TarArchiveOutputStream.LONGFILE_GNU, TarArchiveOutputStream.LONGFILE_POSIX}) {
      all.put("long" + style + ".tar", tar("folder/".repeat(40) + name, content, style));
    }
    all.put("a.tar", tar(name, content, TarArchiveOutputStream.LONGFILE_ERROR));
    all.put("a.tar.gz", SampleMail.gzip(all.get("a.tar")));
    all.put("a.tgz", SampleMail.gzip(all.get("a.tar")));
    for (SevenZMethod method :
        new SevenZMethod[] {
          SevenZMethod.COPY,
          SevenZMethod.LZMA,
          SevenZMethod.LZMA2,
          SevenZMethod.BZIP2,
          SevenZMethod.DEFLATE
        }) {
      all.put(method + ".7z", sevenZip(name, content, method));
    }
    all.put("a.a", ar(name, content));
    all.put("newc.cpio", cpio(name, content, CpioConstants.FORMAT_NEW));
    all.put("odc.cpio", cpio(name, content, CpioConstants.FORMAT_OLD_ASCII));
    all.put("a.arj", arj(name, content));
    all.put("four.rar", rar4(name, content, 0));
    all.put("five.rar", rar5(name, content, false));
    all.put("winmail.dat", tnef(name, content));
    all.put("properties.dat", tnefProperties(name, content));
    all.put(name + ".gz", packed("gz", content));
    all.put(name + ".bz2", packed("bzip2", content));
    all.put(name + ".xz", packed("xz", content));
    all.put(name + ".lzma", packed("lzma", content));
    all.put(name + ".zst", packed("zstd", content));
    all.put(name + ".lz4", packed("lz4-framed", content));
    all.put(name + ".Z", compress(content));
    return all;
  }

  static byte[] packed(String packer, byte[] content) {
    var packed = new ByteArrayOutputStream();
    try (OutputStream out =
        new CompressorStreamFactory().createCompressorOutputStream(packer, packed)) {
      out.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  static byte[] tar(String name, byte[] content, int style) {
    return written(packed -> {
      try (var tar = new TarArchiveOutputStream(packed)) {
        tar.setLongFileMode(style);
        var entry = new TarArchiveEntry(name);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
      }
    });
  }

  static byte[] sevenZip(String name, byte[] content, SevenZMethod method) {
    return sevenZip(name, content, method, "");
  }

  static byte[] sevenZip(String name, byte[] content, SevenZMethod method, String password) {
    var channel = new SeekableInMemoryByteChannel();
    try (var archive =
        password.isEmpty()
            ? new SevenZOutputFile(channel)
            : new SevenZOutputFile(channel, password.toCharArray())) {
      archive.setContentCompression(method);
      var entry = archive.createArchiveEntry(new File("absent"), name);
      archive.putArchiveEntry(entry);
      archive.write(content);
      archive.closeArchiveEntry();
      archive.finish();
      return Arrays.copyOf(channel.array(), (int) channel.size());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] ar(String name, byte[] content) {
    return written(packed -> {
      try (var ar = new ArArchiveOutputStream(packed)) {
        ar.setLongFileMode(ArArchiveOutputStream.LONGFILE_BSD);
        ar.putArchiveEntry(new ArArchiveEntry(name, content.length));
        ar.write(content);
        ar.closeArchiveEntry();
      }
    });
  }

  static byte[] cpio(String name, byte[] content, short format) {
    return written(packed -> {
      try (var cpio = new CpioArchiveOutputStream(packed, format)) {
        var entry = new CpioArchiveEntry(format, name, content.length);
        entry.setMode(CpioConstants.C_ISREG);
        cpio.putArchiveEntry(entry);
        cpio.write(content);
        cpio.closeArchiveEntry();
      }
    });
  }

  /** With one file, packed somehow. */
  static byte[] zip(String name, int method, byte[] packed, byte[] content) {
    return zip(name, method, packed, content, 0);
  }

  static byte[] zip(String name, int method, byte[] packed, byte[] content, int flags) {
    byte[] nameOctets = SampleMail.bytes(name);
    ByteBuffer zip = little(200 + 2 * nameOctets.length + packed.length);
    zip.putInt(0x04034b50);
    zipFields(zip, method, packed, content, flags, nameOctets.length);
    zip.put(nameOctets).put(packed);
    int directory = zip.position();
    zip.putInt(0x02014b50).putShort((short) 20);
    zipFields(zip, method, packed, content, flags, nameOctets.length);
    zip.putShort((short) 0).putShort((short) 0).putShort((short) 0).putInt(0).putInt(0);
    zip.put(nameOctets);
    end(zip, directory);
    return written(zip);
  }

  private static void zipFields(
      ByteBuffer zip, int method, byte[] packed, byte[] content, int flags, int nameLength) {
    zip.putShort((short) 20).putShort((short) flags).putShort((short) method).putInt(0);
    zip.putInt((int) crc(content)).putInt(packed.length).putInt(content.length);
    zip.putShort((short) nameLength).putShort((short) 0);
  }

  private static void end(ByteBuffer zip, int directory) {
    int length = zip.position() - directory;
    zip.putInt(0x06054b50).putShort((short) 0).putShort((short) 0);
    zip.putShort((short) 1).putShort((short) 1).putInt(length).putInt(directory);
    zip.putShort((short) 0);
  }

  /** Stored, with sizes only behind the file. */
  private static byte[] describedZip(String name, byte[] content) {
    byte[] nameOctets = SampleMail.bytes(name);
    ByteBuffer zip = little(250 + 2 * nameOctets.length + content.length);
    zip.putInt(0x04034b50).putShort((short) 20).putShort((short) 8).putShort((short) 0).putInt(0);
    zip.putInt(0).putInt(0).putInt(0).putShort((short) nameOctets.length).putShort((short) 0);
    zip.put(nameOctets).put(content);
    zip.putInt(0x08074b50).putInt((int) crc(content)).putInt(content.length).putInt(content.length);
    int directory = zip.position();
    zip.putInt(0x02014b50).putShort((short) 20);
    zipFields(zip, 0, content, content, 8, nameOctets.length);
    zip.putShort((short) 0).putShort((short) 0).putShort((short) 0).putInt(0).putInt(0);
    zip.put(nameOctets);
    end(zip, directory);
    return written(zip);
  }

  /** Stored, with its sizes and its place as numbers of 64 bits. */
  private static byte[] zip64(String name, byte[] content) {
    byte[] nameOctets = SampleMail.bytes(name);
    ByteBuffer zip = little(300 + 2 * nameOctets.length + content.length);
    zip.putInt(0x04034b50).putShort((short) 45).putShort((short) 0).putShort((short) 0).putInt(0);
    zip.putInt((int) crc(content)).putInt(-1).putInt(-1);
    zip.putShort((short) nameOctets.length).putShort((short) 20).put(nameOctets);
    zip.putShort((short) 1).putShort((short) 16).putLong(content.length).putLong(content.length);
    zip.put(content);
    int directory = zip.position();
    zip.putInt(0x02014b50).putShort((short) 45).putShort((short) 45).putShort((short) 0);
    zip.putShort((short) 0).putInt(0).putInt((int) crc(content)).putInt(-1).putInt(-1);
    zip.putShort((short) nameOctets.length).putShort((short) 28).putShort((short) 0);
    zip.putShort((short) 0).putShort((short) 0).putInt(0).putInt(-1).put(nameOctets);
    zip.putShort((short) 1).putShort((short) 24).putLong(content.length).putLong(content.length);
    zip.putLong(0);
    end(zip, directory);
    return written(zip);
  }

  private static byte[] zipLzma(byte[] content) {
    byte[] alone = lzma(content);
    ByteBuffer packed = little(alone.length);
    packed.putShort((short) 0x0914).putShort((short) 5).put(alone, 0, 5);
    packed.put(alone, 13, alone.length - 13);
    return written(packed);
  }

  private static byte[] lzma(byte[] content) {
    return written(packed -> {
      try (var out = new LZMAOutputStream(packed, new LZMA2Options(1), content.length)) {
        out.write(content);
      }
    });
  }

  /** One block that deflate has not made smaller. */
  private static byte[] storedBlock(byte[] content) {
    ByteBuffer block = little(5 + content.length);
    block.put((byte) 1).putShort((short) content.length).putShort((short) ~content.length);
    return written(block.put(content));
  }

  /** Codes of nine bits that are letters, up to where they would have to be longer. */
  static byte[] compress(byte[] content) {
    int length = Math.min(content.length, 250);
    byte[] packed = new byte[3 + (9 * length + 7) / 8];
    packed[0] = 0x1f;
    packed[1] = (byte) 0x9d;
    packed[2] = (byte) 0x90;
    for (int i = 0; i < length; i++) {
      for (int bit = 0; bit < 8; bit++) {
        if (((content[i] >> bit) & 1) != 0) {
          int at = 9 * i + bit;
          packed[3 + at / 8] |= (byte) (1 << (at % 8));
        }
      }
    }
    return packed;
  }

  private static byte[] arj(String name, byte[] content) {
    ByteBuffer arj = little(300 + name.length() + content.length);
    arjHeader(arj, 2, "a.arj", 0, 0);
    arjHeader(arj, 0, name, content.length, (int) crc(content));
    arj.put(content);
    arj.putShort((short) 0xea60).putShort((short) 0);
    return written(arj);
  }

  private static void arjHeader(ByteBuffer arj, int type, String name, int size, int crc) {
    ByteBuffer header = little(100 + name.length());
    header.put((byte) 30).put((byte) 11).put((byte) 1).put((byte) 2).put((byte) 0x10);
    header.put((byte) 0).put((byte) type).put((byte) 0).putInt(0);
    header.putInt(size).putInt(size).putInt(crc).putShort((short) 0).putShort((short) 0);
    header.put((byte) 0).put((byte) 0);
    header.put(SampleMail.bytes(name)).put((byte) 0).put((byte) 0);
    byte[] octets = written(header);
    arj.putShort((short) 0xea60).putShort((short) octets.length).put(octets);
    arj.putInt((int) crc(octets)).putShort((short) 0);
  }

  /** Stored; flag 4 says that the file is encrypted. */
  static byte[] rar4(String name, byte[] content, int flags) {
    byte[] nameOctets = SampleMail.bytes(name);
    ByteBuffer rar = little(100 + nameOctets.length + content.length);
    rar.put(SampleMail.bytes("Rar!\u001a\u0007\u0000"));
    rar.putShort((short) 0).put((byte) 0x73).putShort((short) 0).putShort((short) 13);
    rar.putInt(0).putShort((short) 0);
    rar.putShort((short) 0).put((byte) 0x74).putShort((short) (0x8000 | flags));
    rar.putShort((short) (32 + nameOctets.length)).putInt(content.length).putInt(content.length);
    rar.put((byte) 2).putInt((int) crc(content)).putInt(0).put((byte) 29).put((byte) 0x30);
    rar.putShort((short) nameOctets.length).putInt(0x20).put(nameOctets).put(content);
    rar.putShort((short) 0).put((byte) 0x7b).putShort((short) 0).putShort((short) 7);
    return written(rar);
  }

  static byte[] rar5(String name, byte[] content, boolean encrypted) {
    byte[] nameOctets = SampleMail.bytes(name);
    ByteBuffer rar = little(200 + nameOctets.length + content.length);
    rar.put(SampleMail.bytes("Rar!\u001a\u0007\u0001\u0000"));
    rar.putInt(0).put((byte) 3).put((byte) 1).put((byte) 0).put((byte) 0);
    ByteBuffer file = little(100 + nameOctets.length);
    file.put((byte) 2).put((byte) (encrypted ? 3 : 2));
    if (encrypted) {
      file.put((byte) 3);
    }
    file.put((byte) ((content.length & 0x7F) | 0x80)).put((byte) (content.length >> 7));
    file.put((byte) 0).put((byte) 0).put((byte) 0).put((byte) 0).put((byte) 0);
    file.put((byte) nameOctets.length).put(nameOctets);
    if (encrypted) {
      file.put((byte) 2).put((byte) 1).put((byte) 0);
    }
    byte[] header = written(file);
    rar.putInt(0).put((byte) header.length).put(header).put(content);
    rar.putInt(0).put((byte) 3).put((byte) 5).put((byte) 0).put((byte) 0);
    return written(rar);
  }

  static byte[] tnef(String name, byte[] content) {
    ByteBuffer tnef = little(200 + name.length() + content.length);
    tnef.putInt(0x223E9F78).putShort((short) 1);
    attribute(tnef, 1, 0x00089006, new byte[4]);
    attribute(tnef, 2, 0x00069002, new byte[14]);
    attribute(tnef, 2, 0x00018010, SampleMail.bytes(name + "\u0000"));
    attribute(tnef, 2, 0x0006800F, content);
    return written(tnef);
  }

  /** The file stands in a MAPI property, its name in another. */
  static byte[] tnefProperties(String name, byte[] content) {
    byte[] wide = (name + "\u0000").getBytes(StandardCharsets.UTF_16LE);
    ByteBuffer properties = little(400 + wide.length + content.length);
    properties.putInt(4);
    properties.putShort((short) 0x03).putShort((short) 0x0E20).putInt(content.length);
    properties.putShort((short) 0x1F).putShort((short) 0x8001).put(new byte[16]).putInt(1);
    properties
        .putInt(4)
        .put(new byte[4])
        .putInt(1)
        .putInt(2)
        .putShort((short) 0)
        .putShort((short) 0);
    properties.putShort((short) 0x1F).putShort((short) 0x3707).putInt(1);
    padded(properties, wide);
    properties.putShort((short) 0x0D).putShort((short) 0x3701).putInt(1);
    byte[] object = new byte[16 + content.length];
    System.arraycopy(content, 0, object, 16, content.length);
    padded(properties, object);
    byte[] value = written(properties);
    ByteBuffer tnef = little(100 + value.length);
    tnef.putInt(0x223E9F78).putShort((short) 1);
    attribute(tnef, 2, 0x00069002, new byte[14]);
    attribute(tnef, 2, 0x00069005, value);
    return written(tnef);
  }

  private static void padded(ByteBuffer to, byte[] octets) {
    to.putInt(octets.length).put(octets).put(new byte[(4 - octets.length % 4) % 4]);
  }

  private static void attribute(ByteBuffer tnef, int level, int id, byte[] value) {
    int sum = 0;
    for (byte octet : value) {
      sum += octet & 0xFF;
    }
    tnef.put((byte) level).putInt(id).putInt(value.length).put(value).putShort((short) sum);
  }

  private static long crc(byte[] octets) {
    var crc = new CRC32();
    crc.update(octets);
    return crc.getValue();
  }

  static ByteBuffer little(int capacity) {
    return ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN);
  }

  static byte[] written(ByteBuffer buffer) {
    byte[] octets = new byte[buffer.position()];
    buffer.duplicate().flip().get(octets);
    return octets;
  }

  @FunctionalInterface
  private interface Writing {
    void to(OutputStream out) throws IOException;
  }

  private static byte[] written(Writing writing) {
    var packed = new ByteArrayOutputStream();
    try {
      writing.to(packed);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }
}
