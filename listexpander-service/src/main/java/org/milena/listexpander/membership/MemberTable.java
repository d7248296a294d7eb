package org.milena.listexpander.membership;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.milena.common.directory.MemberRole;
import org.milena.common.directory.OptionsPatch;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.ParsedAddress;
import org.milena.common.settings.DeliveryMode;
import org.milena.common.settings.PostAction;

/** The columns of a table of members, as its heading names them; what it does not name stays. */
final class MemberTable {

  private enum Column {
    ADDRESS,
    NAME,
    ROLES,
    MODE,
    DELIVERY,
    LANGUAGE,
    MODERATED
  }

  private final Map<Column, Integer> columns = new EnumMap<>(Column.class);

  private MemberTable() {}

  /** The table of this heading; empty when the cells are no heading. */
  static Optional<MemberTable> of(List<String> heading) {
    MemberTable table = new MemberTable();
    for (int i = 0; i < heading.size(); i++) {
      Optional<Column> column = column(heading.get(i).strip().toLowerCase(Locale.ROOT));
      if (column.isPresent()) {
        table.columns.putIfAbsent(column.get(), i);
      }
    }
    return table.columns.containsKey(Column.ADDRESS) ? Optional.of(table) : Optional.empty();
  }

  private static Optional<Column> column(String name) {
    return Optional.ofNullable(
        switch (name) {
          case "address", "email", "e-mail", "mail", "email address", "adresse" -> Column.ADDRESS;
          case "name", "display name", "displayname", "display_name", "real name" -> Column.NAME;
          case "role", "roles" -> Column.ROLES;
          case "mode", "digest", "delivery_mode" -> Column.MODE;
          case "delivery", "deliver", "posts" -> Column.DELIVERY;
          case "language", "lang" -> Column.LANGUAGE;
          case "moderated", "moderation" -> Column.MODERATED;
          default -> null;
        });
  }

  /** What a row says. */
  MemberLines.Line row(List<String> cells) {
    String first = cell(cells, Column.ADDRESS);
    MailAddress address;
    switch (MailAddress.parse(first)) {
      case ParsedAddress.Valid(var valid) -> address = valid;
      case ParsedAddress.Invalid(var reason) -> {
        return bad("\"%s\" is no address: %s.".formatted(MemberLines.shorten(first), reason));
      }
    }
    String name = cell(cells, Column.NAME);
    var unfit = MemberEdits.unfitName(name);
    if (unfit.isPresent()) {
      return bad(unfit.get().text());
    }
    try {
      return new MemberLines.Line.Somebody(
          address,
          name,
          roles(cell(cells, Column.ROLES)),
          moderated(cell(cells, Column.MODERATED)),
          new OptionsPatch(
              mode(cell(cells, Column.MODE)),
              truth("delivery", cell(cells, Column.DELIVERY)),
              null,
              null,
              null,
              null,
              null,
              language(cell(cells, Column.LANGUAGE)),
              null));
    } catch (IllegalArgumentException e) {
      return bad(String.valueOf(e.getMessage()));
    }
  }

  private String cell(List<String> cells, Column column) {
    Integer at = columns.get(column);
    return at == null || at >= cells.size() ? "" : cells.get(at).strip();
  }

  private static MemberLines.Line bad(String reason) {
    return new MemberLines.Line.Bad(reason);
  }

  private static Set<MemberRole> roles(String text) {
    Set<MemberRole> roles = new HashSet<>();
    for (String role : text.toUpperCase(Locale.ROOT).split("[\\s,;+/]+", -1)) {
      if (!role.isEmpty()) {
        roles.add(
            switch (role) {
              case "MEMBER" -> MemberRole.MEMBER;
              case "OWNER" -> MemberRole.OWNER;
              case "MODERATOR" -> MemberRole.MODERATOR;
              case "NONMEMBER", "NON-MEMBER" -> MemberRole.NONMEMBER;
              default ->
                  throw new IllegalArgumentException(
                      "There is no role \"%s\".".formatted(MemberLines.shorten(role)));
            });
      }
    }
    return roles;
  }

  private static @Nullable DeliveryMode mode(String text) {
    return switch (text.toLowerCase(Locale.ROOT).replaceAll("[\\s_-]", "")) {
      case "" -> null;
      case "everypost", "regular", "posts", "nodigest", "no" -> DeliveryMode.EVERY_POST;
      case "mimedigest", "mimedigests", "mime" -> DeliveryMode.MIME_DIGEST;
      case "plaindigest", "plaintextdigests", "plain", "digest", "yes" -> DeliveryMode.PLAIN_DIGEST;
      case "summary" -> DeliveryMode.SUMMARY;
      case "none", "nomail" -> DeliveryMode.NONE;
      default ->
          throw new IllegalArgumentException(
              "There is no mode \"%s\".".formatted(MemberLines.shorten(text)));
    };
  }

  private static @Nullable String language(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "" -> null;
      case "en", "english" -> "en";
      case "de", "german", "deutsch" -> "de";
      default ->
          throw new IllegalArgumentException(
              "There are no texts in \"%s\".".formatted(MemberLines.shorten(text)));
    };
  }

  private static @Nullable PostAction moderated(String text) {
    Boolean moderated = truth("moderated", text);
    if (moderated == null) {
      return null;
    }
    return moderated ? PostAction.HOLD : PostAction.DEFER;
  }

  private static @Nullable Boolean truth(String column, String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "" -> null;
      case "yes", "true", "on", "1", "enabled", "ja" -> true;
      case "no", "false", "off", "0", "disabled", "nein" -> false;
      default ->
          throw new IllegalArgumentException(
              "%s is yes or no, not \"%s\".".formatted(column, MemberLines.shorten(text)));
    };
  }
}
