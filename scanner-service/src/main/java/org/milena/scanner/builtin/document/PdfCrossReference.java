package org.milena.scanner.builtin.document;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.InflaterInputStream;
import org.milena.scanner.builtin.document.PdfValue.Array;
import org.milena.scanner.builtin.document.PdfValue.Dictionary;
import org.milena.scanner.builtin.document.PdfValue.Name;
import org.milena.scanner.builtin.document.PdfValue.Other;
import org.milena.scanner.builtin.document.PdfValue.Whole;

/**
 * A cross-reference stream (ISO 32000-1 section 7.5.8), which tells programs of each object whether
 * it stands in the file or packed in another one. It is never encrypted.
 */
final class PdfCrossReference {

  private static final int WIDEST = 8;

  /** Those of PNG, each row with its own; all above this say the same. */
  private static final long PNG_PREDICTORS = 10;

  /** Few enough to be small, and enough that a call of the inflater costs little for each. */
  private static final int ROWS_AT_ONCE = 512;

  private final List<Integer> widths;
  private final List<Long> index;
  private final boolean isPacked;
  private final boolean isPredicted;

  private PdfCrossReference(
      List<Integer> widths, List<Long> index, boolean isPacked, boolean isPredicted) {
    this.widths = widths;
    this.index = index;
    this.isPacked = isPacked;
    this.isPredicted = isPredicted;
  }

  /**
   * Reads all entries.
   *
   * @param data what stands behind {@code stream}, beginning with the end of its line
   * @param packed gets the numbers of objects that are packed
   * @param most the most entries to read
   * @return how many entries it has; empty if that many could not be read
   */
  static OptionalLong read(Dictionary stream, byte[] data, BitSet packed, long most) {
    Optional<PdfCrossReference> table = of(stream);
    if (table.isEmpty() || table.get().size() > most) {
      return OptionalLong.empty();
    }
    int from = data.length > 0 && data[0] == '\r' ? 1 : 0;
    from += data.length > from && data[from] == '\n' ? 1 : 0;
    try (InputStream octets = new ByteArrayInputStream(data, from, data.length - from);
        InputStream in = table.get().isPacked ? new InflaterInputStream(octets) : octets) {
      table.get().entries(in, packed);
    } catch (IOException e) {
      return OptionalLong.empty(); // damaged, or cut off
    }
    return OptionalLong.of(table.get().size());
  }

  private static Optional<PdfCrossReference> of(Dictionary stream) {
    List<Long> widths = wholes(stream, "W");
    List<Long> index =
        stream.has("Index")
            ? wholes(stream, "Index")
            : List.of(0L, stream.get("Size", Whole.class).map(Whole::number).orElse(-1L));
    Optional<PdfValue> filter = only(stream, "Filter");
    Optional<PdfValue> parameters = only(stream, "DecodeParms");
    boolean isPacked = filter.equals(Optional.of(new Name("FlateDecode")));
    boolean isKnown =
        (filter.isEmpty() || isPacked)
            && !stream.has("F") // in another file
            && widths.size() == 3
            && widths.stream().allMatch(width -> width >= 0 && width <= WIDEST)
            && !index.isEmpty()
            && index.size() % 2 == 0
            && index.stream().allMatch(one -> one >= 0 && one <= PdfEncryption.HIGHEST_NUMBER + 1)
            && (parameters.isEmpty() || (isPacked && parameters.get() instanceof Dictionary));
    if (!isKnown) {
      return Optional.empty();
    }
    Dictionary how =
        parameters.map(Dictionary.class::cast).orElseGet(() -> new Dictionary(Map.of()));
    long predictor = whole(how, "Predictor", 1);
    long row = widths.stream().mapToLong(Long::longValue).sum();
    boolean isPredicted = predictor >= PNG_PREDICTORS;
    boolean isPlain =
        row > 0
            && (predictor == 1 || isPredicted)
            && (!isPredicted || whole(how, "Columns", 1) == row)
            && whole(how, "Colors", 1) == 1
            && whole(how, "BitsPerComponent", 8) == 8;
    return isPlain
        ? Optional.of(
            new PdfCrossReference(
                widths.stream().map(Long::intValue).toList(), index, isPacked, isPredicted))
        : Optional.empty();
  }

  private static long whole(Dictionary dictionary, String key, long otherwise) {
    return dictionary.has(key)
        ? dictionary.get(key, Whole.class).map(Whole::number).orElse(-1L)
        : otherwise;
  }

  /** Empty if anything in it is no whole number. */
  private static List<Long> wholes(Dictionary dictionary, String key) {
    List<Long> numbers = new ArrayList<>();
    for (PdfValue value : dictionary.get(key, Array.class).map(Array::values).orElse(List.of())) {
      if (!(value instanceof Whole(long number))) {
        return List.of();
      }
      numbers.add(number);
    }
    return numbers;
  }

  /** The value, or the only one in an array; empty if there is none. */
  private static Optional<PdfValue> only(Dictionary dictionary, String key) {
    PdfValue value = dictionary.entries().getOrDefault(key, new Other());
    if (value instanceof Array(List<PdfValue> values) && values.size() <= 1) {
      value = values.isEmpty() ? new Other() : values.getFirst();
    }
    return value instanceof Other ? Optional.empty() : Optional.of(value);
  }

  private long size() {
    long size = 0;
    for (int i = 1; i < index.size(); i += 2) {
      size += index.get(i);
    }
    return size;
  }

  /** Reads nothing behind them: it may be damaged, and programs take no notice. */
  private void entries(InputStream in, BitSet packed) throws IOException {
    byte[] row = new byte[widths.stream().mapToInt(Integer::intValue).sum()];
    byte[] above = new byte[row.length];
    int width = row.length + (isPredicted ? 1 : 0);
    byte[] rows = new byte[width * ROWS_AT_ONCE];
    int at = rows.length;
    long left = size();
    for (int i = 0; i < index.size(); i += 2) {
      long first = index.get(i);
      for (long j = 0; j < index.get(i + 1); j++) {
        if (at == rows.length) {
          int length = (int) Math.min(left, ROWS_AT_ONCE) * width;
          if (in.readNBytes(rows, 0, length) < length) {
            throw new EOFException("rows are missing");
          }
          left -= ROWS_AT_ONCE;
          at = 0;
        }
        int predictor = isPredicted ? rows[at] & 0xFF : 0;
        System.arraycopy(rows, at + width - row.length, row, 0, row.length);
        at += width;
        unpredict(predictor, row, above);
        System.arraycopy(row, 0, above, 0, row.length);
        if (type(row) > 1 && first + j <= PdfEncryption.HIGHEST_NUMBER) {
          packed.set((int) (first + j));
        }
      }
    }
  }

  /** 0 is free, 1 stands in the file, 2 is packed. */
  private long type(byte[] row) {
    if (widths.getFirst() == 0) {
      return 1;
    }
    long type = 0;
    for (int i = 0; i < widths.getFirst(); i++) {
      type = (type << 8) | (row[i] & 0xFF);
    }
    return type < 0 ? Long.MAX_VALUE : type;
  }

  /** PNG, second edition, section 9.2, for octets that are pixels. */
  private static void unpredict(int predictor, byte[] row, byte[] above) throws IOException {
    for (int i = 0; i < row.length; i++) {
      int left = i > 0 ? row[i - 1] & 0xFF : 0;
      int up = above[i] & 0xFF;
      int corner = i > 0 ? above[i - 1] & 0xFF : 0;
      row[i] +=
          (byte)
              switch (predictor) {
                case 0 -> 0;
                case 1 -> left;
                case 2 -> up;
                case 3 -> (left + up) / 2;
                case 4 -> nearest(left, up, corner);
                default -> throw new IOException("a row that is predicted in no known way");
              };
    }
  }

  private static int nearest(int left, int up, int corner) {
    int sum = left + up - corner;
    int toLeft = Math.abs(sum - left);
    int toUp = Math.abs(sum - up);
    int toCorner = Math.abs(sum - corner);
    if (toLeft <= toUp && toLeft <= toCorner) {
      return left;
    }
    return toUp <= toCorner ? up : corner;
  }
}
