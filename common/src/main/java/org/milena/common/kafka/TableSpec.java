package org.milena.common.kafka;

import org.milena.common.event.MailJson;
import org.milena.common.table.RowCodec;

/**
 * A table to be followed.
 *
 * @param topic compacted, declared in {@code TopicDeclarations}
 * @param codec rows to bytes and back
 */
public record TableSpec<V>(String topic, RowCodec<V> codec) {

  /** Rows as JSON. */
  public TableSpec(String topic, Class<V> rowType) {
    this(
        topic,
        new RowCodec<>() {
          @Override
          public byte[] encode(V row) {
            return MailJson.bytes(row);
          }

          @Override
          public V decode(byte[] bytes) {
            return MailJson.read(bytes, rowType);
          }
        });
  }
}
