package org.milena.common.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.milena.common.failure.UnfitException;
import org.milena.common.table.MemoryTable;

class KeyAgreementTest {
  private final MemoryTable<SiteFact> site = new MemoryTable<>("milena.site");
  private final KeyAgreement agreement = new KeyAgreement(site);

  @Test
  void theSameKeysAgree() {
    agreement.agree(Map.of("a", "one", "b", "two"));
    agreement.agree(Map.of("a", "one", "b", "two"));
    agreement.agree(Map.of("a", "one", "b", "two", "c", "three"));
    assertThat(site.scan("key/", "", 10)).hasSize(3);
  }

  @Test
  void anotherKeyUnderTheSameIdIsRefusedAndLeavesNoClaim() {
    agreement.agree(Map.of("a", "one"));
    assertThatThrownBy(() -> agreement.agree(Map.of("a", "other")))
        .isInstanceOf(UnfitException.class)
        .hasMessageContaining("Signing key a");
    assertThat(site.scan("key/", "", 10))
        .extracting(Map.Entry::getKey)
        .containsExactly("key/a/one");
    agreement.agree(Map.of("a", "one"));
  }

  @Test
  void ofTwoThatStartAtOnceTheLaterIsRefused() {
    site.onChange((key, _, now) -> {
      if (key.equals("key/a/other") && now.isPresent()) {
        site.put("key/a/one", now.get());
      }
    });
    assertThatThrownBy(() -> agreement.agree(Map.of("a", "other")))
        .isInstanceOf(UnfitException.class);
    assertThat(site.scan("key/", "", 10))
        .extracting(Map.Entry::getKey)
        .containsExactly("key/a/one");
  }

  @Test
  void aWithdrawnKeyIsNoReasonToStandStill() {
    agreement.agree(Map.of("a", "one"));
    agreement.agree(Map.of("b", "two"));
    assertThat(site.scan("key/", "", 10)).hasSize(2);
  }
}
