package org.milena.scanner.builtin.document;

import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;
import org.milena.scanner.builtin.document.PdfValue.Dictionary;
import org.milena.scanner.builtin.document.PdfValue.Reference;

/**
 * Tells of a PDF that goes by, octet by octet, whether it can be read without a password.
 *
 * <p>Programs differ in which trailer they believe and in how they mend a file, so the words that
 * matter, {@code /Encrypt} and {@code /Standard}, are looked for everywhere: in strings, comments
 * and streams, too. Each that is found must stand in a trailer or in an encryption dictionary that
 * was read to its end, each of these dictionaries must open with the empty password and the
 * identifier of each trailer, and the number that a trailer points to must have no other meaning
 * anywhere. Otherwise the file is closed. Only what is packed cannot be seen; an encryption
 * dictionary must not be (ISO 32000-1 section 7.5.7).
 */
final class PdfEncryption {

  private static final int LONGEST_WORD = 32;

  /** Of an object: encryption dictionaries and trailers have a few hundred octets. */
  private static final int MOST_KEPT = 8192;

  /** ISO 32000-1 annex C. */
  private static final long HIGHEST_NUMBER = 8_388_607;

  /** Distinct ones; each update of a file may add a trailer, which nearly always says the same. */
  private static final int MOST_TRAILERS = 16;

  private static final int MOST_HANDLERS = 4;

  private static final long NO_NUMBER = -1;

  /** What an encrypted file says of itself, with the first part of its identifier. */
  private record Trailer(PdfValue encryption, String id) {}

  /** Whether the word before this octet was {@code /Encrypt}, with a comment behind it perhaps. */
  private enum Asked {
    NO,
    VALUE,
    COMMENT
  }

  private final StringBuilder word = new StringBuilder();
  private boolean isName;
  private Asked asked = Asked.NO;

  /** The last two numbers, if nothing but blanks stands behind each. */
  private long number = NO_NUMBER;

  private long generation = NO_NUMBER;

  private final byte[] kept = new byte[MOST_KEPT];
  private int length;
  private boolean keeps;
  private boolean matters;
  private Reference object = new Reference(NO_NUMBER, NO_NUMBER);

  private final Set<Trailer> trailers = new HashSet<>();
  private final Set<Dictionary> handlers = new HashSet<>();
  private final Set<Reference> handlerNumbers = new HashSet<>();
  private final BitSet otherNumbers = new BitSet();
  private long trailersFound;
  private long trailersRead;
  private long handlersFound;
  private long handlersRead;

  /** The next octet of the file. */
  void next(int octet) {
    boolean regular = PdfReader.isRegular(octet);
    if (!regular && (isName || !word.isEmpty())) {
      endWord();
    }
    if (asked != Asked.NO) {
      lookForValue(octet);
    }
    if (regular) {
      if (word.length() <= LONGEST_WORD) {
        word.append((char) octet);
      }
    } else {
      isName = octet == '/';
      if (!PdfReader.isBlank(octet)) {
        forgetNumbers();
      }
    }
    if (keeps) {
      keep(octet);
    }
  }

  /** Whether a password must be known; asked when the whole file has gone by. */
  boolean needsPassword() {
    next(' ');
    endObject();
    if (trailersFound == 0) {
      return false;
    }
    boolean isAllKnown =
        trailersFound == trailersRead
            && handlersFound == handlersRead
            && trailers.size() <= MOST_TRAILERS
            && handlers.size() <= MOST_HANDLERS;
    return !isAllKnown || !trailers.stream().allMatch(this::opens);
  }

  private boolean opens(Trailer trailer) {
    boolean pointsToHandler =
        !(trailer.encryption() instanceof Reference reference)
            || (handlerNumbers.contains(reference)
                && reference.number() <= HIGHEST_NUMBER
                && !otherNumbers.get((int) reference.number()));
    return pointsToHandler
        && handlers.stream().allMatch(one -> PdfPassword.emptyOpens(one, trailer.id()));
  }

  private void lookForValue(int octet) {
    if (asked == Asked.COMMENT) {
      asked = octet == '\r' || octet == '\n' ? Asked.VALUE : Asked.COMMENT;
    } else if (octet == '%') {
      asked = Asked.COMMENT;
    } else if (!PdfReader.isBlank(octet)) {
      boolean isValue = (octet >= '0' && octet <= '9') || octet == '<' || octet == '+';
      trailersFound += isValue ? 1 : 0;
      asked = Asked.NO;
    }
  }

  private void endWord() {
    boolean wasName = isName;
    String said = word.length() > LONGEST_WORD ? "" : word.toString();
    isName = false;
    word.setLength(0);
    if (wasName) {
      forgetNumbers();
      name(PdfReader.plain(said));
    } else if (!said.isEmpty() && isDigits(said, said.length())) {
      number = generation;
      generation = number(said, said.length());
    } else {
      keyword(said);
      forgetNumbers();
    }
  }

  private void name(String name) {
    if (name.equals("Encrypt")) {
      asked = Asked.VALUE;
      matters = true;
    } else if (name.equals("Standard")) {
      handlersFound++;
      matters = true;
    }
  }

  private void keyword(String said) {
    switch (said) {
      case "obj" -> beginObject(number, generation);
      case "trailer" -> beginObject(NO_NUMBER, NO_NUMBER);
      case "endobj", "stream", "startxref" -> endObject();
      default -> {
        int digits = said.length() - 3;
        if (said.endsWith("obj") && isDigits(said, digits)) {
          beginObject(generation, number(said, digits));
        }
      }
    }
  }

  private static boolean isDigits(String word, int length) {
    for (int i = 0; i < length; i++) {
      if (word.charAt(i) < '0' || word.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  private static long number(String digits, int length) {
    return length > 0 && length <= 18 ? Long.parseLong(digits, 0, length, 10) : NO_NUMBER;
  }

  private void forgetNumbers() {
    number = NO_NUMBER;
    generation = NO_NUMBER;
  }

  private void beginObject(long number, long generation) {
    endObject();
    object = new Reference(number, generation);
    keeps = true;
    matters = false;
    length = 0;
  }

  private void keep(int octet) {
    kept[length++] = (byte) octet;
    if (length == MOST_KEPT) {
      endObject();
    }
  }

  private void endObject() {
    if (!keeps) {
      return;
    }
    keeps = false;
    boolean isHandler = false;
    if (matters && PdfReader.read(kept, length) instanceof Dictionary dictionary) {
      trailer(dictionary);
      isHandler = !dictionary.has("Encrypt") && handler(dictionary);
    }
    if (isHandler && handlerNumbers.size() <= MOST_HANDLERS) {
      handlerNumbers.add(object);
    } else if (object.number() >= 0 && object.number() <= HIGHEST_NUMBER) {
      otherNumbers.set((int) object.number());
    }
  }

  /** Notes one that has an encryption dictionary, or points to one. */
  private void trailer(Dictionary dictionary) {
    PdfValue encryption = dictionary.entries().getOrDefault("Encrypt", new PdfValue.Other());
    if (encryption instanceof Reference
        || (encryption instanceof Dictionary inline && handler(inline))) {
      trailersRead++;
      if (trailers.size() <= MOST_TRAILERS) {
        trailers.add(new Trailer(encryption, id(dictionary)));
      }
    }
  }

  private static String id(Dictionary trailer) {
    return trailer
        .get("ID", PdfValue.Array.class)
        .filter(id -> !id.values().isEmpty() && id.values().getFirst() instanceof PdfValue.Text)
        .map(id -> ((PdfValue.Text) id.values().getFirst()).octets())
        .orElse("");
  }

  /** Notes an encryption dictionary, if it is one of the standard security handler. */
  private boolean handler(Dictionary dictionary) {
    if (!dictionary.name("Filter").equals("Standard")) {
      return false;
    }
    handlersRead++;
    if (handlers.size() <= MOST_HANDLERS) {
      handlers.add(dictionary);
    }
    return true;
  }
}
