package org.milena.scanner.builtin.document;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the files in a ZIP say when it is an Office document: OOXML (ECMA-376) or OpenDocument. Fed
 * with every file on the way; asked at the end.
 */
public final class OfficePackage {

  private static final String CONTENT_TYPES = "[content_types].xml";
  private static final String MANIFEST = "meta-inf/manifest.xml";

  private final List<Spotting> spottings = new ArrayList<>();
  private boolean ooxml;
  private boolean openDocument;
  private boolean project;
  private boolean macroSheet;
  private boolean script;

  /** A file in the ZIP; the stream to read it by. */
  public InputStream file(String name, InputStream content) {
    String path = name.replace('\\', '/').toLowerCase(Locale.ROOT);
    path = path.startsWith("/") ? path.substring(1) : path;
    named(path);
    if (path.equals(CONTENT_TYPES)) {
      return spotting(content, "macroenabled", "vbaproject");
    }
    if (path.equals(MANIFEST)) {
      return spotting(content, "encryption-data", "encryption-data");
    }
    return content;
  }

  private void named(String path) {
    ooxml |= path.equals(CONTENT_TYPES);
    openDocument |= path.equals("mimetype");
    project |= path.endsWith("vbaproject.bin");
    macroSheet |= path.startsWith("xl/macrosheets/") && path.length() > 15;
    boolean list = path.matches(".*/(script|dialog)-l[bc]\\.xml");
    script |=
        !list && !path.endsWith("/") && (path.startsWith("basic/") || path.startsWith("scripts/"));
  }

  private Spotting spotting(InputStream content, String one, String other) {
    var spotting = new Spotting(content, one, other);
    if (spottings.size() < 4) { // a second file of the same name is somebody's trick
      spottings.add(spotting);
    }
    return spotting;
  }

  /** Whether it brings macros, by whatever name it goes. */
  public boolean macros() {
    return (ooxml && (project || macroSheet || spotted())) || (openDocument && script);
  }

  /** Whether it is an OpenDocument whose files need a password. */
  public boolean encrypted() {
    return openDocument && !ooxml && spotted();
  }

  private boolean spotted() {
    return spottings.stream().anyMatch(spotting -> spotting.seen);
  }

  /** Looks for two words in what is read through it; capitals and UTF-16 make no difference. */
  private static final class Spotting extends FilterInputStream {

    private final String one;
    private final String other;
    private int ofOne;
    private int ofOther;
    private boolean seen;

    Spotting(InputStream in, String one, String other) {
      super(in);
      this.one = one;
      this.other = other;
    }

    @Override
    public int read() throws IOException {
      int octet = super.read();
      look(octet);
      return octet;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int got = super.read(buffer, offset, length);
      for (int i = 0; i < got; i++) {
        look(buffer[offset + i]);
      }
      return got;
    }

    @Override
    public boolean markSupported() {
      return false;
    }

    private void look(int octet) {
      if (seen || octet <= 0) {
        return;
      }
      int letter = octet >= 'A' && octet <= 'Z' ? octet + 'a' - 'A' : octet;
      ofOne = matched(one, ofOne, letter);
      ofOther = matched(other, ofOther, letter);
      seen = ofOne == one.length() || ofOther == other.length();
    }

    /** No word begins anew within itself, so a mismatch can only be its first letter. */
    private static int matched(String word, int soFar, int letter) {
      if (word.charAt(soFar) == letter) {
        return soFar + 1;
      }
      return word.charAt(0) == letter ? 1 : 0;
    }
  }
}
