package org.milena.archive.document;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/**
 * The text of RTF (Rich Text Format Specification, version 1.9.1): words, paragraphs and cells,
 * without the tables of fonts, styles and pictures. One pass, groups without recursion.
 */
final class RtfText {
  private static final Set<String> UNSEEN =
      Set.of(
          "fonttbl",
          "colortbl",
          "stylesheet",
          "info",
          "pict",
          "object",
          "listtable",
          "listoverridetable",
          "revtbl",
          "rsidtbl",
          "generator",
          "themedata",
          "datastore",
          "latentstyles",
          "xmlnstbl",
          "fldinst");
  private static final int MAX_GROUPS = 100_000;

  private final byte[] rtf;
  private final BoundedText out;
  private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
  private final Deque<Integer> groups = new ArrayDeque<>();
  private Charset charset = Charset.forName("windows-1252");
  private boolean unseen;
  private int fallback = 1;
  private int toSkip;
  private int at;

  RtfText(byte[] rtf, BoundedText out) {
    this.rtf = rtf;
    this.out = out;
  }

  void read() throws IOException {
    while (at < rtf.length) {
      byte b = rtf[at++];
      switch (b) {
        case '{' -> open();
        case '}' -> close();
        case '\\' -> control();
        case '\r', '\n' -> {
          // line ends of the file are not those of the text
        }
        default -> octet(b);
      }
    }
    flush();
  }

  private void open() throws IOException {
    flush();
    if (groups.size() >= MAX_GROUPS) {
      throw new IOException("its groups are nested deeper than " + MAX_GROUPS);
    }
    groups.push(fallback << 1 | (unseen ? 1 : 0));
  }

  private void close() throws IOException {
    flush();
    Integer before = groups.poll();
    if (before != null) {
      unseen = (before & 1) == 1;
      fallback = before >> 1;
    }
    toSkip = 0;
  }

  private void octet(byte b) {
    if (toSkip > 0) {
      toSkip--;
    } else if (!unseen) {
      octets.write(b);
    }
  }

  /** Octets of one character can stand in several places, so they are read together. */
  private void flush() throws IOException {
    if (octets.size() > 0) {
      out.write(octets.toString(charset));
      octets.reset();
    }
  }

  private void control() throws IOException {
    if (at == rtf.length) {
      return;
    }
    char c = (char) (rtf[at] & 0xFF);
    if (c == '\'') {
      int value = at + 2 < rtf.length ? hex(rtf[at + 1]) * 16 + hex(rtf[at + 2]) : -1;
      at = Math.min(rtf.length, at + 3);
      if (value >= 0) {
        octet((byte) value);
      }
    } else if (isLetter(c)) {
      int from = at;
      while (at < rtf.length && isLetter(rtf[at])) {
        at++;
      }
      String word = new String(rtf, from, at - from, StandardCharsets.ISO_8859_1);
      word(word, number());
    } else {
      at++;
      symbol(c);
    }
  }

  private void symbol(char c) throws IOException {
    switch (c) {
      case '*' -> unseen = true;
      case '~' -> write(" ");
      case '_' -> write("-");
      case '\\', '{', '}' -> octet((byte) c);
      case '\r', '\n' -> write("\n");
      default -> {
        // marks for breaking words and for indexes
      }
    }
  }

  private int number() {
    boolean minus = at < rtf.length && rtf[at] == '-';
    int from = minus ? at + 1 : at;
    int i = from;
    int value = 0;
    while (i < rtf.length && rtf[i] >= '0' && rtf[i] <= '9' && i - from < 9) {
      value = value * 10 + rtf[i++] - '0';
    }
    if (i == from) {
      value = -1;
      i = at;
    }
    at = i < rtf.length && rtf[i] == ' ' ? i + 1 : i;
    return minus && value > 0 ? -value : value;
  }

  private void word(String word, int number) throws IOException {
    if (UNSEEN.contains(word)) {
      unseen = true;
      return;
    }
    switch (word) {
      case "par", "line", "sect", "page", "row" -> write("\n");
      case "tab", "cell" -> write("\t");
      case "emdash" -> write("\u2014");
      case "endash" -> write("\u2013");
      case "bullet" -> write("\u2022");
      case "lquote" -> write("\u2018");
      case "rquote" -> write("\u2019");
      case "ldblquote" -> write("\u201c");
      case "rdblquote" -> write("\u201d");
      case "uc" -> fallback = Math.clamp(number, 0, 100);
      case "u" -> {
        toSkip = 0;
        write(String.valueOf((char) (number & 0xFFFF)));
        toSkip = fallback;
      }
      case "bin" -> at = (int) Math.min(rtf.length, (long) at + Math.max(0, number));
      case "ansicpg" -> charset = codePage(number);
      default -> {
        // how it looks
      }
    }
  }

  private Charset codePage(int number) throws IOException {
    flush();
    String name = number == 932 ? "windows-31j" : number == 936 ? "gbk" : "windows-" + number;
    return Charset.isSupported(name) ? Charset.forName(name) : charset;
  }

  private void write(String text) throws IOException {
    if (toSkip > 0) {
      toSkip--;
      return;
    }
    flush();
    if (!unseen) {
      out.write(text);
    }
  }

  private static boolean isLetter(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static int hex(byte b) {
    return Math.max(0, Character.digit(b, 16));
  }
}
