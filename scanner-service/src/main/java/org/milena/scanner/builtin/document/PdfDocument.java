package org.milena.scanner.builtin.document;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * What stands in a PDF (ISO 32000), as far as it is not packed: dictionaries that start programs,
 * names of files in it, and whether it needs a password. Packed objects are not unpacked; the
 * trailer, which says that a file is encrypted, is never packed.
 *
 * <p>JavaScript is none of our business: every form has it, and readers run it in a box.
 *
 * @param encrypted whether it is, and not only with the empty password, which every program tries
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
        reading.encryption.needsPassword(),
        reading.launches,
        reading.embeds ? reading.files : List.of());
  }

  private enum State {
    ELSEWHERE,
    WORD,
    AFTER_FILE,
    FILE
  }

  private static final class Reading {

    private final PdfEncryption encryption = new PdfEncryption();
    private final StringBuilder word = new StringBuilder();
    private final List<String> files = new ArrayList<>();
    private State state = State.ELSEWHERE;
    private boolean launches;
    private boolean embeds;

    void next(int octet) {
      encryption.next(octet);
      look(octet);
    }

    private void look(int octet) {
      if (state == State.ELSEWHERE) {
        if (octet == '/') {
          begin(State.WORD);
        }
        return;
      }
      switch (state) {
        case WORD -> {
          if (PdfReader.isRegular(octet) && word.length() < LONGEST_WORD) {
            word.append((char) octet);
          } else {
            word(PdfReader.plain(word.toString()));
            look(octet);
          }
        }
        case AFTER_FILE -> {
          if (octet == '(') {
            begin(State.FILE);
          } else if (!PdfReader.isBlank(octet)) {
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
      look(octet);
    }

    private void word(String said) {
      state = State.ELSEWHERE;
      switch (said) {
        case "Launch" -> launches = true;
        case "EmbeddedFile", "EmbeddedFiles" -> embeds = true;
        case "F", "UF" -> state = State.AFTER_FILE;
        default -> {
          // of no interest
        }
      }
    }
  }
}
