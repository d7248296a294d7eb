package org.milena.scanner.authentication.dkim;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A TXT record below {@code _domainkey} (RFC 6376 section 3.6.1). */
sealed interface KeyRecord {

  /**
   * A key.
   *
   * @param hashes it may be used with; all when there are none
   * @param testing whether the domain is only trying DKIM out ({@code t=y})
   * @param strict whether {@code i=} must be of the very domain ({@code t=s})
   */
  record Usable(VerifyingKey key, List<String> hashes, boolean testing, boolean strict)
      implements KeyRecord {}

  /** A key record that is no use. */
  record Unusable(String reason) implements KeyRecord {}

  /** A record of something else: a wildcard answers for every name. */
  record Foreign() implements KeyRecord {}

  /** Reads a record. {@code g=} of RFC 4871 is gone, and passed over like any unknown tag. */
  static KeyRecord parse(String text) {
    Optional<TagList> parsed = TagList.parse(text);
    if (parsed.isEmpty()) {
      return new Unusable("the key record is no list of tags");
    }
    TagList tags = parsed.get();
    Optional<String> version = tags.value("v");
    if (version.isPresent() && !version.get().equals("DKIM1")) {
      return new Foreign();
    }
    if (version.isPresent() && !tags.tags().iterator().next().name().equals("v")) {
      return new Unusable("v= is not the first tag of the key record");
    }
    Optional<String> key = tags.value("p");
    if (key.isEmpty()) {
      return new Unusable("the key record holds no key");
    }
    if (key.get().isEmpty()) {
      return new Unusable("the key was revoked");
    }
    List<String> services = list(tags, "s", "*");
    if (!services.contains("*") && !services.contains("email")) {
      return new Unusable("the key is not for mail");
    }
    List<String> flags = list(tags, "t", "");
    return VerifyingKey.read(tags.value("k").orElse("rsa"), SignatureTags.withoutSpace(key.get()))
        .<KeyRecord>map(found ->
            new Usable(found, list(tags, "h", ""), flags.contains("y"), flags.contains("s")))
        .orElseGet(() -> new Unusable("the key cannot be read"));
  }

  private static List<String> list(TagList tags, String name, String otherwise) {
    return Arrays.stream(tags.value(name).orElse(otherwise).split(":"))
        .map(String::strip)
        .filter(value -> !value.isEmpty())
        .toList();
  }
}
