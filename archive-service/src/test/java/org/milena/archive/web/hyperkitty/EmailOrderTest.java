package org.milena.archive.web.hyperkitty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.milena.archive.search.PostListing.Order;
import org.milena.archive.search.PostListing.Place;
import org.milena.archive.search.Query.Timestamp;
import org.milena.common.event.ArchiveId;
import org.milena.common.web.ApiProblem;

class EmailOrderTest {

  @ParameterizedTest
  @CsvSource({
    "date, WRITTEN, false",
    "-date, WRITTEN, true",
    "archived_date, RECEIVED, false",
    "-archived_date, RECEIVED, true",
  })
  void knowsOrders(String ordering, Timestamp timestamp, boolean newestFirst) {
    assertThat(EmailOrder.of(ordering)).isEqualTo(new Order(timestamp, newestFirst));
    assertThat(EmailOrder.known(ordering)).isEqualTo(ordering);
  }

  /** As Django REST framework does; and nothing of it gets into a link. */
  @ParameterizedTest
  @CsvSource({",", "subject", "'&x=y'"})
  void takesTheUsualOrderForOthers(@Nullable String ordering) {
    assertThat(EmailOrder.of(ordering)).isEqualTo(new Order(Timestamp.RECEIVED, true));
    assertThat(EmailOrder.known(ordering)).isNull();
  }

  @Test
  void readsThePlacesItWrites() {
    Place place = new Place(-12_345, ArchiveId.of("-_aB".repeat(6) + "abc"));
    assertThat(EmailOrder.read(EmailOrder.written(place))).isEqualTo(place);
    assertThat(EmailOrder.read(null)).isNull();
    assertThat(EmailOrder.read("")).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"x", "1.", ".abc", "1.abc", "9999999999999999.aaaaaaaaaaaaaaaaaaaaaaaaaaa"})
  void refusesOtherPlaces(String after) {
    assertThatThrownBy(() -> EmailOrder.read(after)).isInstanceOf(ApiProblem.class);
  }
}
