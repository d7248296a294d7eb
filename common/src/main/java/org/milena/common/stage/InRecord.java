package org.milena.common.stage;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.milena.common.event.RecordPosition;

/** A record as a stage gets it. Its value is the stage's to read, not to change. */
public final class InRecord {
  private final RecordPosition position;
  private final @Nullable String key;
  private final byte[] value;
  private final boolean tombstone;
  private final Map<String, byte[]> headers;
  private final Instant timestamp;

  /**
   * @param value null for a tombstone
   * @param timestamp when it was produced
   */
  public InRecord(
      RecordPosition position,
      @Nullable String key,
      byte @Nullable [] value,
      Map<String, byte[]> headers,
      Instant timestamp) {
    this.position = position;
    this.key = key;
    this.tombstone = value == null;
    this.value = value == null ? new byte[0] : value;
    this.headers = new LinkedHashMap<>(headers);
    this.timestamp = timestamp;
  }

  /** Where it lies. */
  public RecordPosition position() {
    return position;
  }

  /** Its key, if it has one. */
  public Optional<String> key() {
    return Optional.ofNullable(key);
  }

  /** Its bytes, not copied; empty for a tombstone. */
  public byte[] value() {
    return value;
  }

  /** Whether it deletes its key. */
  public boolean isTombstone() {
    return tombstone;
  }

  /** A header as text. */
  public Optional<String> header(String name) {
    byte[] bytes = headers.get(name);
    return bytes == null
        ? Optional.empty()
        : Optional.of(new String(bytes, StandardCharsets.UTF_8));
  }

  /** All headers; the last one wins where a name occurs twice. */
  public Map<String, byte[]> headers() {
    Map<String, byte[]> copy = new LinkedHashMap<>();
    headers.forEach((name, bytes) -> copy.put(name, Arrays.copyOf(bytes, bytes.length)));
    return copy;
  }

  /** When it was produced. */
  public Instant timestamp() {
    return timestamp;
  }

  @Override
  public String toString() {
    return position.toString();
  }
}
