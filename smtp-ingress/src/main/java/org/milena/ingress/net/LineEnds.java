package org.milena.ingress.net;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds line ends eight octets at a time. */
public final class LineEnds {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGHS = 0x8080_8080_8080_8080L;
  private static final long CRS = ONES * '\r';
  private static final long LFS = ONES * '\n';

  /** Index of the first CR or LF, or {@code to}. */
  public static int next(byte[] bytes, int from, int to) {
    int i = from;
    for (; i <= to - Long.BYTES; i += Long.BYTES) {
      long word = (long) LONGS.get(bytes, i);
      long cr = word ^ CRS;
      long lf = word ^ LFS;
      // a zero octet is one that borrows: the lowest such bit is exact, and only that one is used
      long found = (((cr - ONES) & ~cr) | ((lf - ONES) & ~lf)) & HIGHS;
      if (found != 0) {
        return i + (Long.numberOfTrailingZeros(found) >>> 3);
      }
    }
    for (; i < to; i++) {
      if (bytes[i] == '\r' || bytes[i] == '\n') {
        return i;
      }
    }
    return to;
  }

  private LineEnds() {}
}
