package org.milena.archive.web.hyperkitty;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.milena.archive.search.PostListing.Order;
import org.milena.archive.search.PostListing.Place;
import org.milena.archive.search.Query.Timestamp;
import org.milena.common.event.ArchiveId;
import org.milena.common.web.ApiProblem;

/** Orders of emails, and places in them as they stand in links. */
final class EmailOrder {
  private static final Order USUAL = new Order(Timestamp.RECEIVED, true);

  /** The name of an order that is known; null for any other, which is the usual one. */
  static @Nullable String known(@Nullable String ordering) {
    return order(ordering).isPresent() ? ordering : null;
  }

  static Order of(@Nullable String ordering) {
    return order(ordering).orElse(USUAL);
  }

  private static Optional<Order> order(@Nullable String ordering) {
    return switch (ordering == null ? "" : ordering) {
      case "archived_date" -> Optional.of(new Order(Timestamp.RECEIVED, false));
      case "-archived_date" -> Optional.of(USUAL);
      case "date" -> Optional.of(new Order(Timestamp.WRITTEN, false));
      case "-date" -> Optional.of(new Order(Timestamp.WRITTEN, true));
      default -> Optional.empty();
    };
  }

  /** A place as it stands in a link. */
  static String written(Place place) {
    return place.moment() + "." + place.id();
  }

  /**
   * A place as it stands in a link; null for none.
   *
   * @throws ApiProblem 400 where it is no place
   */
  static @Nullable Place read(@Nullable String after) {
    if (after == null || after.isBlank()) {
      return null;
    }
    int dot = after.indexOf('.');
    if (dot > 0
        && after.substring(0, dot).matches("-?\\d{1,15}")
        && ArchiveId.isOne(after.substring(dot + 1))) {
      return new Place(
          Long.parseLong(after.substring(0, dot)), ArchiveId.of(after.substring(dot + 1)));
    }
    throw ApiProblem.badRequest("invalid-cursor", "The link to this page is not one of ours.");
  }

  private EmailOrder() {}
}
