package org.milena.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.HeaderField;
import org.milena.common.mail.RawMessage;

/**
 * What the archive may change in a message: the fields that docs/formats.md names, no octet else.
 */
final class ArchivedBytes {
  private static final Set<String> REMOVED =
      Set.of(
          "approved",
          "approve",
          "x-approved",
          "x-approve",
          "urgent",
          "list-id",
          "list-help",
          "list-owner",
          "list-post",
          "list-subscribe",
          "list-unsubscribe",
          "list-unsubscribe-post",
          "list-archive",
          "archived-at");

  /** The new fields on top, in this order. */
  private static final List<String> ADDED = List.of("list-id", "archived-at", "received");

  static void assertSameButForNamedFields(String name, RawMessage sent, RawMessage archived) {
    HeaderBlock before = HeaderBlock.of(sent);
    HeaderBlock after = HeaderBlock.of(archived);
    List<HeaderField> fields = new ArrayList<>(after.fields());
    for (String added : ADDED) {
      HeaderField first =
          fields.stream()
              .filter(field -> name(field).equals(added))
              .findFirst()
              .orElseThrow(() -> new AssertionError(name + " has no " + added));
      fields.remove(first);
    }
    assertThat(fields.stream().map(HeaderField::toByteArray).toList())
        .as("fields of %s", name)
        .usingElementComparator(Arrays::compare)
        .containsExactlyElementsOf(
            before.fields().stream()
                .filter(field -> !REMOVED.contains(name(field)))
                .map(HeaderField::toByteArray)
                .toList());
    assertThat(
            Arrays.equals(
                archived.unsafeBytes(),
                after.bodyOffset(),
                archived.size(),
                sent.unsafeBytes(),
                before.bodyOffset(),
                sent.size()))
        .as("body of %s", name)
        .isTrue();
  }

  private static String name(HeaderField field) {
    return field.name().toLowerCase(Locale.ROOT);
  }

  private ArchivedBytes() {}
}
