package org.milena.scanner.builtin.document;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
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
 * anywhere. Otherwise the file is closed.
 *
 * <p>What is packed cannot be seen. An encryption dictionary must not be (ISO 32000-1 section
 * 7.5.7), and yet programs were seen that take one out of an object stream and leave another that
 * lies open aside. So cross-reference streams are read, too, and none may say that it is packed.
 */
final class PdfEncryption {

  private static final int LONGEST_NAME = 32;

  /** The last octets of the words that are looked for. */
  private static final int OBJ = ('o' << 16) | ('b' << 8) | 'j';

  private static final int TRAILER = ('l' << 16) | ('e' << 8) | 'r';
  private static final int STREAM = ('e' << 16) | ('a' << 8) | 'm';
  private static final int XREF = ('r' << 16) | ('e' << 8) | 'f';

  /** Of an object: encryption dictionaries and trailers have a few hundred octets. */
  private static final int MOST_KEPT = 8192;

  /** ISO 32000-1 annex C. */
  static final long HIGHEST_NUMBER = 8_388_607;

  /** Distinct ones; each update of a file may add a trailer, which nearly always says the same. */
  private static final int MOST_TRAILERS = 16;

  private static final int MOST_HANDLERS = 4;

  /** Of one cross-reference stream, which has a few octets for each object. */
  private static final int MOST_DATA = 1 << 20;

  /** In all cross-reference streams; as many as a file may have objects, and as many in updates. */
  private static final long MOST_ENTRIES = 2 * HIGHEST_NUMBER;

  /** Nobody writes a field of an entry with more octets, nor widths of letters that are less. */
  private static final int WIDEST_FIELD = 16;

  private static final int LONGEST_WIDTHS = 64;

  /** What an encrypted file says of itself, with the first part of its identifier. */
  private record Trailer(PdfValue encryption, String id) {}

  /** What is wanted: the value of {@code /Encrypt}, or that of {@code /W}. */
  private enum Asked {
    NO,
    VALUE,
    WIDTHS
  }

  private final PdfWords words = new PdfWords();
  private int lastThree;

  private final StringBuilder name = new StringBuilder();
  private boolean isName;
  private Asked asked = Asked.NO;
  private final StringBuilder widths = new StringBuilder();

  private final byte[] kept = new byte[MOST_KEPT];
  private int length;
  private boolean keeps;
  private boolean overflows;
  private boolean matters;
  private boolean hasWidths;
  private boolean hasOddWidths;
  private Reference object = PdfWords.NO_NUMBERS;

  private Optional<Dictionary> crossReference = Optional.empty();
  private final ByteArrayOutputStream data = new ByteArrayOutputStream(0);

  private final Set<Trailer> trailers = new HashSet<>();
  private final Set<Dictionary> handlers = new HashSet<>();
  private final Set<Reference> handlerNumbers = new HashSet<>();
  private final BitSet otherNumbers = new BitSet();
  private final BitSet packedNumbers = new BitSet();
  private long trailersFound;
  private long trailersRead;
  private long handlersFound;
  private long handlersRead;
  private long crossReferencesFound;
  private long crossReferencesRead;
  private long entriesRead;
  private boolean isUnclear;

  /** The next octet of the file. */
  void next(int octet) {
    switch (lastThree) {
      case OBJ, TRAILER, STREAM, XREF -> {
        if (!PdfReader.isRegular(octet)) {
          endWord();
        }
      }
      default -> {
        // nearly always
      }
    }
    if (isName) {
      inName(octet);
    }
    if (asked != Asked.NO) {
      lookForValue(octet);
    }
    isName |= octet == '/';
    if (keeps) {
      keep(octet);
    }
    if (crossReference.isPresent() && data.size() < MOST_DATA) {
      data.write(octet);
    }
    words.next(octet);
    lastThree = ((lastThree << 8) | octet) & 0xFFFFFF;
  }

  /** Whether a password must be known; asked when the whole file has gone by. */
  boolean needsPassword() {
    next(' ');
    endObject();
    endData();
    if (trailersFound == 0 && trailersRead == 0) {
      return false;
    }
    boolean isAllKnown =
        !isUnclear
            && trailersFound == trailersRead
            && handlersFound == handlersRead
            && crossReferencesFound == crossReferencesRead
            && trailers.size() <= MOST_TRAILERS
            && handlers.size() <= MOST_HANDLERS;
    return !isAllKnown
        || !trailers.stream().allMatch(this::pointsToHandler)
        || !handlers.stream().allMatch(this::opens);
  }

  private boolean pointsToHandler(Trailer trailer) {
    return !(trailer.encryption() instanceof Reference reference)
        || (handlerNumbers.contains(reference)
            && reference.number() <= HIGHEST_NUMBER
            && !otherNumbers.get((int) reference.number())
            && !packedNumbers.get((int) reference.number()));
  }

  /** With the identifier of each trailer, where it matters. */
  private boolean opens(Dictionary handler) {
    Stream<String> ids =
        PdfPassword.needsId(handler)
            ? trailers.stream().map(Trailer::id).distinct()
            : Stream.of("");
    return ids.allMatch(id -> PdfPassword.emptyOpens(handler, id));
  }

  private void lookForValue(int octet) {
    if (asked == Asked.WIDTHS) {
      lookForWidths(octet);
    } else if (!PdfReader.isBlank(octet)) {
      // a comment, a sign or a blank of some programs only, which nobody writes here
      boolean isOdd = "%+-.".indexOf(octet) >= 0 || octet < ' ' || octet > '~';
      trailersFound += isDigit(octet) || octet == '<' || isOdd ? 1 : 0;
      isUnclear |= isOdd;
      asked = Asked.NO;
    }
  }

  /** Three small numbers: of a cross-reference stream, while fonts have the widths of letters. */
  private void lookForWidths(int octet) {
    boolean isFirst = widths.isEmpty();
    if (PdfReader.isBlank(octet) || (isFirst && octet == '[')) {
      if (octet == '[' || (!isFirst && widths.charAt(widths.length() - 1) != ' ')) {
        widths.append(' ');
      }
      return;
    }
    if (isDigit(octet) && !isFirst && widths.length() < LONGEST_WIDTHS) {
      widths.append((char) octet);
      return;
    }
    asked = Asked.NO;
    String[] numbers = widths.toString().strip().split(" ", 4);
    boolean isCutOff = octet == '%' || widths.length() >= LONGEST_WIDTHS;
    boolean isSmall =
        Arrays.stream(numbers)
            .limit(3)
            .mapToLong(PdfEncryption::number)
            .allMatch(width -> width <= WIDEST_FIELD);
    crossReferencesFound += isSmall && (numbers.length >= 3 || isCutOff) ? 1 : 0;
    hasOddWidths |= isFirst ? isDigit(octet) || octet == '+' : !isOfLetters(octet, numbers);
  }

  /** As in a font: {@code [1 [}, {@code [1 2 3} or nothing at all. */
  private static boolean isOfLetters(int octet, String[] numbers) {
    return octet == '[' || octet == ']' || numbers.length >= 3;
  }

  private void inName(int octet) {
    if (!PdfReader.isRegular(octet)) {
      name(PdfReader.plain(name.toString()));
      name.setLength(0);
      isName = false;
    } else if (name.length() <= LONGEST_NAME) { // and no longer one is looked for
      name.append((char) octet);
    }
  }

  private void name(String name) {
    if (name.equals("Encrypt")) {
      asked = Asked.VALUE;
      matters = true;
    } else if (name.equals("Standard")) {
      handlersFound++;
      matters = true;
    } else if (name.equals("W")) {
      asked = Asked.WIDTHS;
      widths.setLength(0);
      matters = true;
      hasWidths = true;
    }
  }

  private void endWord() {
    if (lastThree == OBJ) {
      if (words.endsWith("endobj")) {
        endObject();
      } else if (!Character.isLetter(words.before(4))) {
        isUnclear |= words.areNumbersUnclear();
        Reference numbers = words.numbers();
        if (crossReference.isEmpty()
            || !numbers.equals(PdfWords.NO_NUMBERS)) { // and no chance of packing
          beginObject(numbers);
        }
      }
    } else if (words.endsWith("trailer")) {
      beginObject(PdfWords.NO_NUMBERS);
    } else if (words.endsWith("endstream")) {
      endData();
    } else if (words.endsWith("stream") && (keeps || overflows)) {
      isUnclear |= overflows && hasWidths;
      crossReference = endObject().filter(dictionary -> dictionary.has("W"));
    } else if (words.endsWith("xref")) {
      endObject();
    }
  }

  private static long number(String digits) {
    return digits.isEmpty() ? 0 : new BigInteger(digits).min(BigInteger.TEN.pow(9)).longValue();
  }

  private static boolean isDigit(int octet) {
    return octet >= '0' && octet <= '9';
  }

  private void beginObject(Reference numbers) {
    endObject();
    endData();
    object = numbers;
    keeps = true;
    matters = false;
    hasWidths = false;
    hasOddWidths = false;
    length = 0;
  }

  private void keep(int octet) {
    kept[length++] = (byte) octet;
    if (length == MOST_KEPT) {
      overflows = true;
      noteObject();
    }
  }

  /** The dictionary that it was, if it has one of the words that matter. */
  private Optional<Dictionary> endObject() {
    if (overflows) { // with the widths of letters, perhaps, which may be many
      isUnclear |= hasOddWidths;
      overflows = false;
    }
    return keeps ? noteObject() : Optional.empty();
  }

  private Optional<Dictionary> noteObject() {
    keeps = false;
    Optional<Dictionary> read = Optional.empty();
    boolean isHandler = false;
    PdfValue value = matters ? PdfReader.read(kept, length) : new PdfValue.Other();
    if (value instanceof Dictionary dictionary) {
      read = Optional.of(dictionary);
      trailer(dictionary);
      isHandler = !dictionary.has("Encrypt") && handler(dictionary);
    } else if (value instanceof PdfValue.Unreadable && !overflows && object.number() >= 0) {
      isUnclear |= hasWidths; // it may be a table, and whatever ends it may stand in a string
    }
    if (isHandler && handlerNumbers.size() <= MOST_HANDLERS) {
      handlerNumbers.add(object);
    } else if (object.number() >= 0 && object.number() <= HIGHEST_NUMBER) {
      otherNumbers.set((int) object.number());
    }
    return read;
  }

  private void endData() {
    if (crossReference.isEmpty()) {
      return;
    }
    OptionalLong entries =
        isUnclear
            ? OptionalLong.empty() // which costs nothing
            : PdfCrossReference.read(
                crossReference.get(),
                data.toByteArray(),
                packedNumbers,
                MOST_ENTRIES - entriesRead);
    if (entries.isPresent()) {
      entriesRead += entries.getAsLong();
      crossReferencesRead++;
    } else {
      isUnclear = true;
    }
    crossReference = Optional.empty();
    data.reset();
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

  /** The first of two strings; programs differ in what they make of others. */
  private static String id(Dictionary trailer) {
    List<PdfValue> id =
        trailer.get("ID", PdfValue.Array.class).map(PdfValue.Array::values).orElse(List.of());
    return id.size() == 2
            && id.getFirst() instanceof PdfValue.Text(String first)
            && id.getLast() instanceof PdfValue.Text
        ? first
        : "";
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
