package org.milena.listexpander.app;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the list expander.
 *
 * @param adminPassword password of the account {@code admin} when the site starts for the first
 *     time; when absent one is made and written to {@code admin-password} in the data folder. Also
 *     by MILENA_ADMIN_PASSWORD
 * @param parallel how many records are looked at at the same time
 * @param batch how many posts and commands one transaction may hold
 * @param confirmations to how many addresses the whole site sends confirmations
 * @param sources what lists may get members from
 */
@Validated
@ConfigurationProperties(prefix = "milena.listexpander", ignoreUnknownFields = false)
public record ListexpanderProperties(
    @Nullable Secret adminPassword,
    @DefaultValue("4") @Min(1) @Max(64) int parallel,
    @DefaultValue("100") @Min(1) @Max(1000) int batch,
    @DefaultValue @Valid Confirmations confirmations,
    @DefaultValue @Valid Sources sources) {

  /**
   * To how many addresses the whole site sends confirmations within an hour.
   *
   * @param perNetwork addresses that one network (IPv4 /24, IPv6 /48) asks for
   * @param perDomain addresses of one domain
   */
  public record Confirmations(
      @DefaultValue("60") @Min(1) @Max(10_000) int perNetwork,
      @DefaultValue("500") @Min(1) @Max(100_000) int perDomain) {}

  /**
   * What lists may get members from.
   *
   * @param urls whether they may come from texts on the web
   * @param every after so long such a text is fetched again
   * @param internalHosts names of hosts inside the site's own net that such texts may lie on
   */
  public record Sources(
      @DefaultValue("true") boolean urls,
      @DefaultValue("1h") @DurationMin(minutes = 1) Duration every,
      @DefaultValue Set<String> internalHosts) {

    public Sources {
      internalHosts =
          internalHosts.stream()
              .map(host -> host.strip().toLowerCase(Locale.ROOT))
              .collect(Collectors.toUnmodifiableSet());
    }
  }

  /** A text that is not shown. */
  public record Secret(String value) {
    /** For binding. */
    public static Secret valueOf(String value) {
      return new Secret(value);
    }

    @Override
    public String toString() {
      return "***";
    }
  }
}
