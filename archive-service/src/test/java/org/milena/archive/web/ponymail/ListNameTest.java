package org.milena.archive.web.ponymail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.milena.common.web.ApiProblem;

class ListNameTest {

  @Test
  void readsBothWaysToNameAList() {
    ListName dev = new ListName("dev", "x.example");
    assertThat(ListName.of("dev", "x.example")).isEqualTo(dev);
    assertThat(ListName.of("dev@x.example", null)).isEqualTo(dev);
    assertThat(ListName.of("*", "*")).isEqualTo(new ListName("*", "*"));
  }

  @ParameterizedTest
  @CsvSource({",", "dev,", ", x.example", "@x.example,", "dev@,"})
  void refusesHalfAName(@Nullable String list, @Nullable String domain) {
    assertThatThrownBy(() -> ListName.of(list, domain))
        .isInstanceOf(ApiProblem.class)
        .hasMessageContaining("Name a list");
  }
}
