package org.milena.archive.message;

/**
 * Somebody in a header field.
 *
 * @param name as the field has it, decoded; may be empty
 * @param address may be empty where the field has none that can be read
 */
public record Person(String name, String address) {

  /** The name, or the address where there is none. */
  public String shown() {
    return name.isEmpty() ? address : name;
  }
}
