package org.milena.scanner.builtin;

import static org.milena.scanner.scan.SampleMail.attachment;
import static org.milena.scanner.scan.SampleMail.base64;
import static org.milena.scanner.scan.SampleMail.bytes;
import static org.milena.scanner.scan.SampleMail.gzip;
import static org.milena.scanner.scan.SampleMail.mail;
import static org.milena.scanner.scan.SampleMail.zip;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.zip.Deflater;
import org.apache.commons.compress.archivers.sevenz.SevenZMethod;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.jspecify.annotations.Nullable;
import org.milena.common.event.ScanReport.Verdict;
import org.milena.common.mail.RawMessage;

/** Mail that is small and unfolds, or that has too much of something. */
enum Bombs {
  ZIP_OF_ZEROS(Verdict.UNSCANNABLE) {
    @Override
    RawMessage unfolding() {
      return file("a.zip", zip("zeros", new byte[ZEROS]));
    }
  },
  ZIPS_IN_ZIPS_16_WIDE(Verdict.UNSCANNABLE) {
    @Override
    RawMessage unfolding() {
      byte[] bomb = zip("zeros", new byte[4 << 20]);
      for (int level = 0; level < 5; level++) {
        Map<String, byte[]> copies = new LinkedHashMap<>();
        for (int i = 0; i < 16; i++) {
          copies.put(i + ".zip", bomb);
        }
        bomb = zip(copies);
      }
      return file("42.zip", bomb);
    }
  },
  ZIP_WHOSE_FILES_OVERLAP(Verdict.UNSCANNABLE) {
    @Override
    RawMessage unfolding() {
      return file("a.zip", overlapping(500, 1 << 20));
    }
  },
  ZIP_40_DEEP(Verdict.UNSCANNABLE) {
    @Override
    RawMessage unfolding() {
      byte[] doll = bytes("hello");
      for (int level = 0; level < 40; level++) {
        doll = zip("doll.zip", doll);
      }
      return file("doll.zip", doll);
    }
  },
  ZIP_OF_100_000_FILES(Verdict.UNSCANNABLE) {
    @Override
    RawMessage unfolding() {
      Map<String, byte[]> files = new LinkedHashMap<>();
      for (int i = 0; i < 100_000; i++) {
        files.put(Integer.toString(i), new byte[0]);
      }
      return file("a.zip", zip(files));
    }
  },
  ZIP_WITH_NAMES_OF_64_KIB(Verdict.CLEAN) {
    @Override
    RawMessage unfolding() {
      Map<String, byte[]> files = new LinkedHashMap<>();
      for (int i = 0; i < 100; i++) {
        files.put(i + "x".repeat(65_000), new byte[0]);
      }
      return file("a.zip", zip(files));
    }
  },
  GZIP_OF_ZEROS(Verdict.UNSCANNABLE) {
    @Override
    RawMessage unfolding() {
      return file("a.gz", gzip(new byte[ZEROS]));
    }
  },
  BZIP2_OF_ZEROS(Verdict.UNSCANNABLE) {
    @Override
    RawMessage unfolding() {
      return file("a.bz2", SampleArchives.packed("bzip2", new byte[ZEROS]));
    }
  },
  XZ_OF_ZEROS(Verdict.UNSCANNABLE) {
    @Override
    RawMessage unfolding() {
      return file("a.xz", SampleArchives.packed("xz", new byte[ZEROS]));
    }
  },
  ZSTD_OF_ZEROS(Verdict.UNSCANNABLE) {
    @Override
    RawMessage unfolding() {
      return file("a.zst", SampleArchives.packed("zstd", new byte[ZEROS]));
    }
  },
  SEVEN_ZIP_OF_ZEROS(Verdict.UNSCANNABLE) {
    @Override
    RawMessage unfolding() {
      return file("a.7z", SampleArchives.sevenZip("zeros", new byte[ZEROS], SevenZMethod.LZMA2));
    }
  },
  XZ_THAT_CLAIMS_4_GIB(Verdict.UNSCANNABLE) {
    @Override
    RawMessage unfolding() {
      byte[] xz = SampleArchives.packed("xz", bytes("hello"));
      xz[12 + 4] = 40; // the dictionary in its block header
      return file("a.xz", xz);
    }
  },
  LZMA_THAT_CLAIMS_4_GIB(Verdict.UNSCANNABLE) {
    @Override
    RawMessage unfolding() {
      byte[] lzma = SampleArchives.packed("lzma", bytes("hello"));
      lzma[1] = lzma[2] = lzma[3] = lzma[4] = -1;
      lzma[1] = lzma[2] = 0;
      return file("a.lzma", lzma);
    }
  },
  ZSTD_THAT_CLAIMS_1_TIB(Verdict.UNSCANNABLE) {
    @Override
    RawMessage unfolding() {
      ByteBuffer frame = SampleArchives.little(20);
      frame.putInt(0xFD2FB528).put((byte) 0).put((byte) (30 << 3)).put(new byte[] {1, 0, 0});
      return file("a.zst", SampleArchives.written(frame));
    }
  },
  TAR_THAT_CLAIMS_A_NAME_OF_1_GIB(Verdict.UNSCANNABLE) {
    @Override
    RawMessage unfolding() {
      byte[] tar =
          SampleArchives.tar("x".repeat(300), bytes("y"), TarArchiveOutputStream.LONGFILE_GNU);
      System.arraycopy(bytes("10000000000"), 0, tar, 124, 11);
      int sum = 0;
      for (int i = 0; i < 512; i++) {
        sum += i >= 148 && i < 156 ? ' ' : tar[i] & 0xFF;
      }
      System.arraycopy(bytes("%06o".formatted(sum)), 0, tar, 148, 6);
      return file("a.tar", tar);
    }
  },
  XLSX_OF_XML_ENTITIES(Verdict.CLEAN) {
    @Override
    RawMessage unfolding() {
      var xml = new StringBuilder("<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a0 \"ha\">");
      for (int i = 1; i < 100; i++) {
        xml.append("<!ENTITY a%d \"%s\">".formatted(i, "&a%d;".formatted(i - 1).repeat(10)));
      }
      byte[] part = bytes(xml + "]><x>&a99;</x>");
      return file("a.xlsx", zip(Map.of("[Content_Types].xml", part, "xl/workbook.xml", part)));
    }
  },
  PDF_OF_A_STREAM_OF_ZEROS(Verdict.CLEAN) {
    @Override
    RawMessage unfolding() {
      byte[] packed = deflated(new byte[ZEROS], false);
      var pdf = new ByteArrayOutputStream();
      pdf.writeBytes(bytes("%PDF-1.7\n1 0 obj <</Filter/FlateDecode>> stream\n"));
      pdf.writeBytes(packed);
      pdf.writeBytes(bytes("\nendstream endobj\n%%EOF\n"));
      return file("a.pdf", pdf.toByteArray());
    }
  },
  PNG_OF_4_GIGAPIXELS(Verdict.CLEAN) {
    @Override
    RawMessage unfolding() {
      byte[] png = new byte[2000];
      System.arraycopy(
          bytes("\u0089PNG\r\n\u001a\n\0\0\0\rIHDR\0\0\u00ff\u00ff\0\0\u00ff\u00ff"),
          0,
          png,
          0,
          24);
      return file("a.png", png);
    }
  },
  PARTS_100_000(Verdict.UNSCANNABLE) {
    @Override
    RawMessage unfolding() {
      return mail(MIXED + "--b\r\n\r\nx\r\n".repeat(100_000));
    }
  },
  MULTIPARTS_1_000_DEEP(Verdict.UNSCANNABLE) {
    @Override
    RawMessage unfolding() {
      var nested = new StringBuilder();
      for (int i = 0; i < 1_000; i++) {
        nested.append(
            "Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n".formatted(i, i));
      }
      return mail(nested + "\r\nhello\r\n");
    }
  },
  MESSAGES_10_000_DEEP(Verdict.UNSCANNABLE) {
    @Override
    RawMessage unfolding() {
      return mail("Content-Type: message/rfc822\r\n\r\n".repeat(10_000));
    }
  },
  PARTS_BESIDE_PARTS_10_000_DEEP(Verdict.UNSCANNABLE) {
    @Override
    RawMessage unfolding() {
      return mail(MIXED + "--o\r\nContent-Type: multipart/mixed\r\n\r\n".repeat(10_000));
    }
  },
  UUENCODED_FILES_100_000(Verdict.UNSCANNABLE) {
    @Override
    RawMessage unfolding() {
      return mail("\r\n" + "begin 644 a\r\n`\r\nend\r\n".repeat(100_000));
    }
  },
  HEADER_FIELDS_100_000(Verdict.UNSCANNABLE) {
    @Override
    RawMessage unfolding() {
      return mail("X-Many: x\r\n".repeat(100_000) + "\r\nhello\r\n");
    }
  },
  BOUNDARIES_IN_25_MIB(Verdict.CLEAN) {
    @Override
    RawMessage unfolding() {
      return mail(MIXED + "--" + "-".repeat(60) + "\r\n" + "--\r\n--x\r\n".repeat(MAIL / 9 - 100));
    }
  },
  BASE64_25_MIB_IN_ONE_LINE(Verdict.CLEAN) {
    @Override
    RawMessage unfolding() {
      return attachment(
          "a.dat", "base64", Base64.getEncoder().encodeToString(new byte[(MAIL - 4096) / 4 * 3]));
    }
  },
  SEVEN_ZIP_18_MIB_STORED(null) {
    @Override
    RawMessage unfolding() {
      byte[] noise = new byte[18 << 20];
      new Random(1).nextBytes(noise);
      return file("a.7z", SampleArchives.sevenZip("noise", noise, SevenZMethod.COPY));
    }
  };

  private static final int ZEROS = 64 << 20;
  private static final int MAIL = 25 << 20;
  private static final String MIXED = "Content-Type: multipart/mixed; boundary=b\r\n\r\n";

  private final @Nullable Verdict expected;

  Bombs(@Nullable Verdict expected) {
    this.expected = expected;
  }

  /** Whether a verdict is right; any, where it depends on the heap. */
  boolean allows(String verdict) {
    return expected == null || expected.name().equals(verdict);
  }

  abstract RawMessage unfolding();

  private static RawMessage file(String name, byte[] file) {
    return attachment(name, "base64", base64(file));
  }

  private static byte[] deflated(byte[] content, boolean raw) {
    try (var deflater = new Deflater(9, raw)) {
      deflater.setInput(content);
      deflater.finish();
      byte[] packed = new byte[content.length / 500 + 1000];
      return Arrays.copyOf(packed, deflater.deflate(packed));
    }
  }

  /**
   * After D. Fifield, "A better zip bomb" (WOOT 2019): each file begins with a block that quotes
   * the header of the next one, and all end in the same packed zeros.
   */
  private static byte[] overlapping(int files, int zeros) {
    byte[] kernel = deflated(new byte[zeros], true);
    int header = 30 + 4;
    int quote = 5;
    int kernelAt = files * header + (files - 1) * quote;
    ByteBuffer zip = SampleArchives.little(kernelAt + kernel.length + files * 50 + 22);
    for (int i = 0; i < files; i++) {
      int size = zeros + (files - 1 - i) * header;
      int packed = kernelAt + kernel.length - zip.position() - header;
      zip.putInt(0x04034b50);
      fields(zip, packed, size);
      zip.put(bytes("%04d".formatted(i)));
      if (i < files - 1) {
        zip.put((byte) 0).putShort((short) header).putShort((short) ~header);
      }
    }
    zip.put(kernel);
    int directory = zip.position();
    for (int i = 0; i < files; i++) {
      int at = i * (header + quote);
      zip.putInt(0x02014b50).putShort((short) 20);
      fields(zip, kernelAt + kernel.length - at - header, zeros + (files - 1 - i) * header);
      zip.putShort((short) 0).putShort((short) 0).putShort((short) 0).putInt(0).putInt(at);
      zip.put(bytes("%04d".formatted(i)));
    }
    int length = zip.position() - directory;
    zip.putInt(0x06054b50).putInt(0).putShort((short) files).putShort((short) files);
    zip.putInt(length).putInt(directory).putShort((short) 0);
    return SampleArchives.written(zip);
  }

  private static void fields(ByteBuffer zip, int packed, int size) {
    zip.putShort((short) 20).putShort((short) 0).putShort((short) 8).putInt(0).putInt(0);
    zip.putInt(packed).putInt(size).putShort((short) 4).putShort((short) 0);
  }
}
