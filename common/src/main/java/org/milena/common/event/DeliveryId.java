package org.milena.common.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names a delivery by where its record lies on {@link Topics#DELIVERIES}. */
public record DeliveryId(int partition, long offset) {

  /** Reads the form {@code partition-offset}. */
  @JsonCreator
  public static DeliveryId of(String text) {
    int dash = text.indexOf('-');
    if (dash < 1) {
      throw new IllegalArgumentException("not a delivery id: " + text);
    }
    return new DeliveryId(
        Integer.parseInt(text.substring(0, dash)), Long.parseLong(text.substring(dash + 1)));
  }

  @JsonValue
  @Override
  public String toString() {
    return partition + "-" + offset;
  }
}
