package org.milena.ingress.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class PolicyTest {

  @Test
  void countsAnIpv4AddressAndAnIpv6NetworkAsOne() {
    assertThat(network("c0000201")).isEqualTo("c0000201");
    assertThat(network("20010db8000000010000000000000001"))
        .isEqualTo(network("20010db800000001ffffffffffffffff"))
        .isNotEqualTo(network("20010db8000000020000000000000001"));
  }

  private static String network(String hex) {
    return ConnectionCount.network(HexFormat.of().parseHex(hex));
  }

  @Test
  void countsConnectionsExactly() {
    var count = new ConnectionCount(3, 2);
    assertThat(count.enter("a")).isEqualTo(Admission.ADMITTED);
    assertThat(count.enter("a")).isEqualTo(Admission.ADMITTED);
    assertThat(count.enter("a")).isEqualTo(Admission.NETWORK_FULL);
    assertThat(count.enter("b")).isEqualTo(Admission.ADMITTED);
    assertThat(count.enter("c")).isEqualTo(Admission.HOUSE_FULL);
    count.leave("a");
    assertThat(count.enter("a")).isEqualTo(Admission.ADMITTED);
    count.leave("a");
    count.leave("a");
    count.leave("b");
    assertThat(count.count()).isZero();
    assertThat(count.networks()).isZero();
  }

  @Test
  void givesNoMoreMemoryThanThereIs() {
    var budget = new ByteBudget(100);
    assertThat(budget.tryTake(100)).isTrue();
    assertThat(budget.tryTake(1)).isFalse();
    budget.giveBack(1);
    assertThat(budget.tryTake(2)).isFalse();
    assertThat(budget.tryTake(1)).isTrue();
    assertThat(budget.used()).isEqualTo(100);
  }

  @Test
  void knowsWhoHoldsUs() {
    Timeouts timeouts = Timeouts.DEFAULT;
    assertThat(timeouts.tooSlow(0, Duration.ofSeconds(30))).isFalse();
    assertThat(timeouts.tooSlow(0, Duration.ofSeconds(31))).isTrue();
    assertThat(timeouts.tooSlow(49_999, Duration.ofSeconds(100))).isTrue();
    assertThat(timeouts.tooSlow(50_000, Duration.ofSeconds(100))).isFalse();
  }

  @Test
  void losesPatienceAtTheLimit() {
    var patience = new Patience(Limits.DEFAULT);
    for (int i = 1; i < 20; i++) {
      patience.refused();
      assertThat(patience.wearingThin()).as("after %s", i).isEqualTo(i >= 10);
      assertThat(patience.exhausted()).isFalse();
    }
    patience.refused();
    assertThat(patience.exhausted()).isTrue();
    patience.mailTaken();
    assertThat(patience.exhausted()).isFalse();
  }

  @Test
  void whatIsPutOffHasAnEndToo() {
    var patience = new Patience(Limits.DEFAULT);
    for (int i = 0; i < 1_000; i++) {
      patience.fruitless();
    }
    assertThat(patience.exhausted()).isFalse();
    patience.fruitless();
    assertThat(patience.exhausted()).isTrue();
    patience.mailTaken();
    assertThat(patience.exhausted()).isFalse();
  }
}
