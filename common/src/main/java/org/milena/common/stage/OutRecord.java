package org.milena.common.stage;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A record a stage writes. */
public final class OutRecord {
  private final String topic;
  private final @Nullable String key;
  private final byte @Nullable [] value;
  private final Map<String, byte[]> headers;
  private final @Nullable String partitionKey;
  private final @Nullable Integer partition;

  private OutRecord(
      String topic,
      @Nullable String key,
      byte @Nullable [] value,
      Map<String, byte[]> headers,
      @Nullable String partitionKey,
      @Nullable Integer partition) {
    this.topic = topic;
    this.key = key;
    this.value = value;
    this.headers = headers;
    this.partitionKey = partitionKey;
    this.partition = partition;
  }

  /** A record that finds its partition by its key. Bytes are taken over, not copied. */
  public static OutRecord of(String topic, @Nullable String key, byte[] value) {
    return new OutRecord(topic, key, value, Map.of(), null, null);
  }

  /** Deletes a key. */
  public static OutRecord tombstone(String topic, String key) {
    return new OutRecord(topic, key, null, Map.of(), null, null);
  }

  /** With a header more. */
  public OutRecord withHeader(String name, String text) {
    return withHeader(name, text.getBytes(StandardCharsets.UTF_8));
  }

  /** With a header more; its bytes are taken over, not copied. */
  public OutRecord withHeader(String name, byte[] bytes) {
    Map<String, byte[]> more = new LinkedHashMap<>(headers);
    more.put(name, bytes);
    return new OutRecord(topic, key, value, more, partitionKey, partition);
  }

  /** In the partition that this text hashes to, instead of its key (a list id, mostly). */
  public OutRecord inPartitionOf(String text) {
    return new OutRecord(topic, key, value, headers, text, partition);
  }

  /** In exactly this partition. */
  public OutRecord inPartition(int number) {
    return new OutRecord(topic, key, value, headers, partitionKey, number);
  }

  /** Where it goes. */
  public String topic() {
    return topic;
  }

  /** Its key, if it has one. */
  public Optional<String> key() {
    return Optional.ofNullable(key);
  }

  /** Its bytes; null for a tombstone. */
  public byte @Nullable [] value() {
    return value;
  }

  /** Its headers. */
  public Map<String, byte[]> headers() {
    return headers;
  }

  /** What chooses its partition instead of the key. */
  public Optional<String> partitionKey() {
    return Optional.ofNullable(partitionKey);
  }

  /** Its partition, where it is given. */
  public OptionalInt partition() {
    return partition == null ? OptionalInt.empty() : OptionalInt.of(partition);
  }
}
