package org.milena.common.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PoolTest {

  @Test
  void givesEqualValuesOneObject() {
    Pool<String> pool = new Pool<>(16);
    String first = pool.same("a.".concat("example"));
    assertThat(pool.same("a.".concat("example"))).isSameAs(first);
  }

  @Test
  void staysAsSmallAsItIsAndGivesWhatIsEqual() {
    Pool<String> pool = new Pool<>(4);
    assertThat(IntStream.range(0, 1_000).mapToObj(Integer::toString))
        .allSatisfy(value -> assertThat(pool.same(value)).isEqualTo(value));
    String last = pool.same("9".concat("99"));
    assertThat(pool.same("9".concat("99"))).isSameAs(last);
  }

  @Test
  void takesPowersOfTwoOnly() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Pool<>(12));
    assertThatIllegalArgumentException().isThrownBy(() -> new Pool<>(0));
  }

  @Test
  void addressesAtOneDomainShareIt() {
    assertThat(MailAddress.of("b@Shared.example").domain())
        .isSameAs(MailAddress.of("a@shared.example").domain());
  }
}
