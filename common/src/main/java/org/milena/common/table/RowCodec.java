package org.milena.common.table;

/**
 * Rows to bytes and back.
 *
 * @param <V> an immutable row
 */
public interface RowCodec<V> {

  /** The bytes of a row. */
  byte[] encode(V row);

  /**
   * The row of these bytes.
   *
   * @throws org.milena.common.failure.UnreadableRecordException when they are none
   */
  V decode(byte[] bytes);
}
