package org.milena.scanner.builtin.document;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * What stands in a PDF (ISO 32000), as far as it is not packed: dictionaries that start programs,
 * names of files in it, and whether it is encrypted. Packed objects are not unpacked; the trailer,
 * which says that a file is encrypted, is never packed.
 *
 * <p>JavaScript is none of our business: every form has it, and readers run it in a box.
 *
 * @param encrypted whether it has an encryption dictionary
 * @param launches whether it has an action that starts a program (12.6.4.5)
 * @param files names of files embedded in it, a hundred at most
 */
public record PdfDocument(boolean encrypted, boolean launches, List<String> files) {

  private static final int LONGEST_WORD = 32;
  private static final int LONGEST_NAME = 255;
  private static final int MOST_FILES = 100;

  /** Of a fixed list. */
  public PdfDocument {
    files = List.copyOf(files);
  }

  /** Reads the file to its end. */
  public static PdfDocument read(InputStream in) throws IOException {
    var reading = new Reading();
    byte[] buffer = new byte[8192];
    for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
      for (int i = 0; i < got; i++) {
        reading.next(buffer[i] & 0xFF);
      }
    }
    return new PdfDocument(
        reading.encrypted, reading.launches, reading.embeds ? reading.files : List.of());
  }

  private enum State {
    ELSEWHERE,
    WORD,
    AFTER_ENCRYPT,
    AFTER_FILE,
    FILE
  }

  private static final class Reading {

    private final StringBuilder word = new StringBuilder();
    private final List<String> files = new ArrayList<>();
    private State state = State.ELSEWHERE;
    private boolean encrypted;
    private boolean launches;
    private boolean embeds;

    void next(int octet) {
      if (state == State.ELSEWHERE) {
        if (octet == '/') {
          begin(State.WORD);
        }
        return;
      }
      switch (state) {
        case WORD -> {
          if (isRegular(octet) && word.length() < LONGEST_WORD) {
            word.append((char) octet);
          } else {
            word(plain(word));
            next(octet);
          }
        }
        case AFTER_ENCRYPT -> {
          if (!isBlank(octet)) {
            encrypted |= (octet >= '0' && octet <= '9') || octet == '<';
            elsewhere(octet);
          }
        }
        case AFTER_FILE -> {
          if (octet == '(') {
            begin(State.FILE);
          } else if (!isBlank(octet)) {
            elsewhere(octet);
          }
        }
        case FILE -> {
          if (octet == ')' || word.length() == LONGEST_NAME) {
            if (files.size() < MOST_FILES) {
              files.add(word.toString());
            }
            state = State.ELSEWHERE;
          } else if (octet != 0 && octet != 0xFE && octet != 0xFF) { // as in UTF-16
            word.append((char) octet);
          }
        }
        case ELSEWHERE -> throw new AssertionError("was answered above");
      }
    }

    private void begin(State next) {
      word.setLength(0);
      state = next;
    }

    private void elsewhere(int octet) {
      state = State.ELSEWHERE;
      next(octet);
    }

    private void word(String said) {
      state = State.ELSEWHERE;
      switch (said) {
        case "Encrypt" -> state = State.AFTER_ENCRYPT;
        case "Launch" -> launches = true;
        case "EmbeddedFile", "EmbeddedFiles" -> embeds = true;
        case "F", "UF" -> state = State.AFTER_FILE;
        default -> {
          // of no interest
        }
      }
    }

    /** Letters may be written as numbers (7.3.5). */
    private static String plain(StringBuilder word) {
      if (word.indexOf("#") < 0) {
        return word.toString();
      }
      var plain = new StringBuilder();
      for (int i = 0; i < word.length(); i++) {
        char c = word.charAt(i);
        int high = i + 2 < word.length() ? Character.digit(word.charAt(i + 1), 16) : -1;
        int low = i + 2 < word.length() ? Character.digit(word.charAt(i + 2), 16) : -1;
        if (c != '#' || high < 0 || low < 0) {
          plain.append(c);
        } else {
          plain.append((char) ((high << 4) | low));
          i += 2;
        }
      }
      return plain.toString();
    }

    private static boolean isBlank(int octet) {
      return octet == ' ' || octet == '\r' || octet == '\n' || octet == '\t' || octet == 0;
    }

    private static boolean isRegular(int octet) {
      return octet > ' ' && octet < 0x7F && "()<>[]{}/%".indexOf(octet) < 0;
    }
  }
}
