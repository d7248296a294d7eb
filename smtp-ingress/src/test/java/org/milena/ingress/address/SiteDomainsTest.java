package org.milena.ingress.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.milena.common.failure.UnfitException;

class SiteDomainsTest {

  @Test
  void makesNamesCanonical() {
    SiteDomains domains = new SiteDomains(Set.of("Lists.Example.ORG"), Set.of(" bücher.example "));
    assertThat(domains.own()).containsExactly("lists.example.org");
    assertThat(domains.relayed()).containsExactly("xn--bcher-kva.example");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "*.example.org",
        "",
        " ",
        ".",
        "[127.0.0.1]",
        "a b",
        "example.org:25",
        "@example.org"
      })
  void refusesToStartAsAnOpenRelay(String name) {
    assertThatThrownBy(() -> new SiteDomains(Set.of("lists.example.org"), Set.of(name)))
        .isInstanceOf(UnfitException.class)
        .hasMessageContaining("milena.ingress.relayed-domains");
    assertThatThrownBy(() -> new SiteDomains(Set.of(name), Set.of()))
        .isInstanceOf(UnfitException.class);
  }

  @Test
  void refusesToStartWithoutADomain() {
    assertThatThrownBy(() -> new SiteDomains(Set.of(), Set.of()))
        .isInstanceOf(UnfitException.class);
  }
}
