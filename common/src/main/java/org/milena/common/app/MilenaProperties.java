package org.milena.common.app;

import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the site; the same for all its services.
 *
 * @param domain where the lists live: {@code LIST@domain}
 * @param hostname the name said in SMTP and in Received fields; the domain when absent
 * @param siteUrl where people find the web pages; links in mails begin with it
 * @param kafka bootstrap servers, {@code host:port}, comma-separated
 * @param replication copies of each topic: 1 on one machine, 3 or more in a cluster, never 2
 * @param partitions of the topics that share out work; never changed later
 * @param elasticsearch URL of the search engine
 * @param instance stable name of this process; no two processes of a service may share it
 * @param data folder for what this process keeps
 * @param keys folder with the keys that tokens are signed with; {@code keys} in the data folder
 *     when absent
 * @param mail limits of a mail
 */
@Validated
@ConfigurationProperties(prefix = "milena")
public record MilenaProperties(
    @DefaultValue("lists.localhost") @NotBlank String domain,
    @Nullable String hostname,
    @DefaultValue("http://localhost:8080") @Pattern(regexp = "https?://.+") String siteUrl,
    @DefaultValue("127.0.0.1:9092") @NotBlank String kafka,
    @DefaultValue("1") @Min(1) @Max(9) int replication,
    @DefaultValue("4") @Min(1) @Max(1000) int partitions,
    @DefaultValue("http://127.0.0.1:9200") URI elasticsearch,
    @DefaultValue("main") @Pattern(regexp = "[A-Za-z0-9._-]{1,100}") String instance,
    @DefaultValue("data") Path data,
    @Nullable Path keys,
    @DefaultValue @Valid Mail mail) {

  /**
   * Limits of a mail.
   *
   * @param maxSize largest message taken; announced as SIZE (RFC 1870)
   */
  public record Mail(@DefaultValue("25MB") DataSize maxSize) {
    @AssertTrue(message = "mail.max-size must be 64 KB to 100 MB")
    boolean isInRange() {
      return maxSize.toBytes() >= 65_536 && maxSize.toMegabytes() <= 100;
    }

    /** Bytes. */
    public int maxBytes() {
      return Math.toIntExact(maxSize.toBytes());
    }
  }

  @AssertTrue(
      message =
          "milena.replication is 1 or at least 3: of two copies one suffices for an"
              + " acknowledgement, so the loss of one machine could lose acknowledged mail")
  boolean isReplicationSafe() {
    return replication != 2;
  }

  /** The name said in SMTP. */
  public String smtpName() {
    return hostname == null || hostname.isBlank() ? domain : hostname;
  }

  /** The folder with the signing keys. */
  public Path keyFolder() {
    return keys == null ? data.resolve("keys") : keys;
  }

  /** The site's URL without a slash at its end. */
  public String siteUrlBase() {
    return siteUrl.endsWith("/") ? siteUrl.substring(0, siteUrl.length() - 1) : siteUrl;
  }
}
