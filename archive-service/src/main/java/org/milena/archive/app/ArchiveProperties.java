package org.milena.archive.app;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the archive.
 *
 * @param indexPrefix begins the names of all indices; sites that share a cluster have different
 *     ones
 * @param shards of the index of posts and of that of their bytes; counts when they are made
 * @param publicRaw whether whole messages of public lists, with all addresses in them, are given to
 *     everybody; else those who are not signed in get them without addresses
 * @param traceKeep how long the lives of mails are kept; whole months are removed
 */
@Validated
@ConfigurationProperties(prefix = "milena.archive", ignoreUnknownFields = false)
public record ArchiveProperties(
    @DefaultValue("milena") @Pattern(regexp = "[a-z0-9][a-z0-9-]{0,40}") String indexPrefix,
    @DefaultValue("1") @Min(1) @Max(64) int shards,
    @DefaultValue("false") boolean publicRaw,
    @DefaultValue("92d") Duration traceKeep) {

  @AssertTrue(message = "trace-keep must be 1 day or more")
  boolean isTraceKeepLongEnough() {
    return traceKeep.toDays() >= 1;
  }
}
