package org.milena.archive.app;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import java.util.Set;
import org.milena.archive.elasticsearch.Language;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the archive.
 *
 * @param indexPrefix begins the names of all indices; sites that share a cluster have different
 *     ones
 * @param shards of the index of posts and of that of their bytes; counts when they are made
 * @param languages whose words are found in their other forms, by ISO 639 code; another choice has
 *     the index built anew
 * @param publicRaw whether whole messages of public lists, with all addresses in them, are given to
 *     everybody; else those who are not signed in get them without addresses
 * @param threadsBySubject whether an answer that names no post joins the thread of its subject;
 *     counts for posts that come from then on, and for all when the index is built again
 * @param traceKeep how long the lives of mails are kept; whole months are removed
 * @param extract whether documents that are attached (PDF, Office, RTF) are read for search, in a
 *     child process
 * @param extractMemory heap of that process
 * @param extractTime for one document
 * @param extractMaxSize of a document that is read
 * @param shims APIs of other archives that programs may ask; none where it is empty
 * @param exports how many mboxes and sitemaps are made at once; whoever comes then is asked to come
 *     later
 * @param messageMemory that whole messages may take while they are read for pages and downloads;
 *     {@code 0} is a third of the heap
 * @param leastRate octets a second; an answer whose reader takes less is ended, none where it is
 *     {@code 0}
 * @param leastRateTime so far he may fall behind that rate; only the time counts in which he is
 *     waited for
 */
@Validated
@ConfigurationProperties(prefix = "milena.archive", ignoreUnknownFields = false)
public record ArchiveProperties(
    @DefaultValue("milena") @Pattern(regexp = "[a-z0-9][a-z0-9-]{0,40}") String indexPrefix,
    @DefaultValue("1") @Min(1) @Max(64) int shards,
    @DefaultValue({"en", "de"}) Set<Language> languages,
    @DefaultValue("false") boolean publicRaw,
    @DefaultValue("true") boolean threadsBySubject,
    @DefaultValue("92d") Duration traceKeep,
    @DefaultValue("true") boolean extract,
    @DefaultValue("192MB") DataSize extractMemory,
    @DefaultValue("10s") Duration extractTime,
    @DefaultValue("16MB") DataSize extractMaxSize,
    @DefaultValue({"ponymail", "hyperkitty"}) Set<Shim> shims,
    @DefaultValue("4") @Min(1) @Max(100) int exports,
    @DefaultValue("0B") DataSize messageMemory,
    @DefaultValue("4KB") DataSize leastRate,
    @DefaultValue("30s") Duration leastRateTime) {

  /** An API of another archive. */
  public enum Shim {
    PONYMAIL,
    HYPERKITTY
  }

  public ArchiveProperties {
    languages = Set.copyOf(languages);
    shims = Set.copyOf(shims);
  }

  @AssertTrue(message = "trace-keep must be 1 day or more")
  boolean isTraceKeepLongEnough() {
    return traceKeep.toDays() >= 1;
  }

  @AssertTrue(message = "extract-memory must be 64MB to 4GB")
  boolean isExtractMemoryFit() {
    return extractMemory.toMegabytes() >= 64 && extractMemory.toMegabytes() <= 4096;
  }

  @AssertTrue(message = "extract-time must be 1 second to 1 minute")
  boolean isExtractTimeFit() {
    return extractTime.toSeconds() >= 1 && extractTime.toSeconds() <= 60;
  }

  @AssertTrue(message = "message-memory must be 0, or 1MB to 64GB")
  boolean isMessageMemoryFit() {
    return messageMemory.toBytes() == 0
        || (messageMemory.toMegabytes() >= 1 && messageMemory.toGigabytes() <= 64);
  }

  @AssertTrue(message = "least-rate must be 0 to 1GB")
  boolean isLeastRateFit() {
    return leastRate.toBytes() >= 0 && leastRate.toGigabytes() <= 1;
  }

  @AssertTrue(message = "least-rate-time must be 1 second to 1 hour")
  boolean isLeastRateTimeFit() {
    return leastRateTime.toSeconds() >= 1 && leastRateTime.toHours() <= 1;
  }

  @AssertTrue(message = "extract-max-size must be 1KB to 64MB")
  boolean isExtractMaxSizeFit() {
    return extractMaxSize.toKilobytes() >= 1 && extractMaxSize.toMegabytes() <= 64;
  }
}
