package org.milena.scanner.app;

import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.milena.common.event.ScanReport.Passage;
import org.milena.common.settings.ScanPolicy;
import org.milena.scanner.builtin.AttachmentPolicy;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the scanner.
 *
 * @param clamd where ClamAV's daemons listen, {@code tcp:HOST:PORT} or {@code unix:/PATH}; several
 *     are taken for copies of one another. Empty: there is no antivirus engine, and the start says
 *     so. Also by MILENA_CLAMAV
 * @param icap antivirus services that speak ICAP: the vendor's name, in lower-case letters, and
 *     where it listens, {@code icap://HOST:PORT/SERVICE}; several are copies of one another
 * @param rspamd where rspamd's normal worker listens, {@code http://HOST:PORT}; several are copies
 *     of one another. Also by MILENA_RSPAMD
 * @param rspamdPassword the password that worker wants; empty for none
 * @param rspamdTaskTimeout rspamd's own {@code task_timeout}, 1 s to 25 s: what took as long is no
 *     verdict
 * @param postmaster who gets mail to postmaster and abuse of the site; when absent such mail waits
 *     in quarantine
 * @param attachments which attachments are kept back
 * @param authentication how senders are checked
 * @param policy what is made of the engines' words, where a list has no policy of its own
 * @param quarantine how mail is kept that was kept back, and who is told of it
 * @param parallel how many mails are scanned at the same time; more may wait for their senders'
 *     names
 * @param batch how many mails one transaction may hold
 * @param scansPerClamd scans at the same time in one clamd; not more than its MaxThreads
 * @param readAgain how much of the end of received mail is scanned again at this start, back from
 *     the last mail: for a broker that lost power and has no second replica. Standalone finds out
 *     by itself
 */
@Validated
@ConfigurationProperties(prefix = "milena.scanner", ignoreUnknownFields = false)
public record ScannerProperties(
    @DefaultValue List<String> clamd,
    @DefaultValue Map<String, List<String>> icap,
    @DefaultValue List<String> rspamd,
    @DefaultValue("") String rspamdPassword,
    @DefaultValue("8s") Duration rspamdTaskTimeout,
    @Nullable String postmaster,
    @DefaultValue @Valid Attachments attachments,
    @DefaultValue @Valid Authentication authentication,
    @DefaultValue @Valid Policy policy,
    @DefaultValue @Valid Quarantine quarantine,
    @DefaultValue("8") @Min(1) @Max(256) int parallel,
    @DefaultValue("32") @Min(1) @Max(1000) int batch,
    @DefaultValue("10") @Min(1) @Max(100) int scansPerClamd,
    @DefaultValue("0s") Duration readAgain) {

  private static final Duration SHORTEST_TASK = Duration.ofSeconds(1);

  /** Before nobody waits for its answer any more. */
  private static final Duration LONGEST_TASK = Duration.ofSeconds(25);

  /** Without the blanks that empty variables leave. */
  public ScannerProperties {
    clamd = present(clamd);
    rspamd = present(rspamd);
    Map<String, List<String>> vendors = new TreeMap<>();
    icap.forEach((vendor, addresses) -> {
      if (!vendor.matches("[a-z]{1,30}")) {
        throw new IllegalArgumentException(
            "milena.scanner.icap: the name of a vendor has lower-case letters only, not " + vendor);
      }
      List<String> some = present(addresses);
      if (!some.isEmpty()) {
        vendors.put(vendor, some);
      }
    });
    icap = Collections.unmodifiableMap(vendors);
    if (rspamdTaskTimeout.compareTo(SHORTEST_TASK) < 0
        || rspamdTaskTimeout.compareTo(LONGEST_TASK) > 0) {
      throw new IllegalArgumentException(
          "milena.scanner.rspamd-task-timeout is 1 s to 25 s, as rspamd's own task_timeout, not "
              + rspamdTaskTimeout);
    }
    if (readAgain.isNegative()) {
      throw new IllegalArgumentException("what is read again lies behind: " + readAgain);
    }
    postmaster = postmaster == null || postmaster.isBlank() ? null : postmaster.strip();
  }

  private static List<String> present(List<String> texts) {
    return texts.stream().map(String::strip).filter(one -> !one.isEmpty()).toList();
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "ScannerProperties[clamd=%s, icap=%s, rspamd=%s]".formatted(clamd, icap, rspamd);
  }

  /**
   * How senders are checked.
   *
   * @param enabled whether SPF, DKIM, DMARC, ARC and the client's name are checked
   * @param authservId our name in Authentication-Results; the name said in SMTP when absent
   * @param dnsServers name servers, {@code address} or {@code address:port}; those of the machine
   *     when empty
   * @param dnsTimeout of one look-up with all its tries
   */
  public record Authentication(
      @DefaultValue("true") boolean enabled,
      @Nullable String authservId,
      @DefaultValue List<String> dnsServers,
      @DefaultValue("5s") Duration dnsTimeout) {

    /** Within what makes sense. */
    public Authentication {
      dnsServers = present(dnsServers);
      if (dnsTimeout.compareTo(Duration.ofMillis(100)) < 0
          || dnsTimeout.compareTo(Duration.ofSeconds(20)) > 0) {
        throw new IllegalArgumentException(
            "milena.scanner.authentication.dns-timeout is 100 ms to 20 s, not " + dnsTimeout);
      }
    }
  }

  /**
   * Which attachments are kept back.
   *
   * @param blocked extensions of attachments, without dot; what runs on a double click when absent
   * @param blockedInArchives extensions of files inside archives
   */
  public record Attachments(
      @Nullable Set<String> blocked, @Nullable Set<String> blockedInArchives) {

    AttachmentPolicy policy() {
      return new AttachmentPolicy(
          blocked == null ? AttachmentPolicy.DEFAULT_BLOCKED : blocked,
          blockedInArchives == null
              ? AttachmentPolicy.DEFAULT_BLOCKED_IN_ARCHIVES
              : blockedInArchives);
    }
  }

  /**
   * What is made of the engines' words. One positive always suffices.
   *
   * @param quorum how many antivirus engines must have read a mail and found nothing; 0: all
   * @param patience how long a mail waits for an engine that is out, before the quorum of the
   *     others is enough; when absent as long as it takes
   * @param unscannable what counts the word of an engine that could not read all of a mail: keep,
   *     or abstain (the others must make the quorum)
   * @param encrypted what becomes of a mail nobody can look into: pass, hold (for a moderator) or
   *     keep (in quarantine)
   * @param macros what becomes of documents that bring a program: pass, hold or keep
   * @param attachments what becomes of blocked types of attachments: pass, hold or keep
   * @param spam what becomes of a mail the spam filter would refuse: pass, hold or keep
   */
  public record Policy(
      @DefaultValue("0") @Min(0) @Max(20) int quorum,
      @Nullable Duration patience,
      @DefaultValue("keep") ScanPolicy.Unscannable unscannable,
      @DefaultValue("hold") Passage encrypted,
      @DefaultValue("hold") Passage macros,
      @DefaultValue("keep") Passage attachments,
      @DefaultValue("keep") Passage spam) {

    @AssertTrue(message = "policy.patience needs a policy.quorum: with 0 all engines must answer")
    boolean isPatienceOfUse() {
      return patience == null || quorum > 0;
    }

    ScanPolicy scanPolicy() {
      return new ScanPolicy(quorum, patience, unscannable, encrypted, macros, attachments, spam);
    }
  }

  /**
   * How mail is kept that was kept back.
   *
   * @param keptFor how long operators can decide about a mail; its bytes stay in the log for 30
   *     days in any case
   * @param digest how often owners and the postmaster are told of what was kept; never when zero
   * @param secondOperator whether two operators must want an infected mail released
   */
  public record Quarantine(
      @DefaultValue("30d") Duration keptFor,
      @DefaultValue("24h") Duration digest,
      @DefaultValue("false") boolean secondOperator) {

    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST_DIGEST = Duration.ofDays(7);

    /** As long as {@code mail.quarantine} holds a record. */
    private static final Duration LONGEST_KEPT = Duration.ofDays(30);

    /** Within what the log can keep. */
    public Quarantine {
      if (keptFor.compareTo(SHORTEST) < 0 || keptFor.compareTo(LONGEST_KEPT) > 0) {
        throw new IllegalArgumentException(
            "milena.scanner.quarantine.kept-for is 1 minute to 30 days, as long as the log holds"
                + " mail, not "
                + keptFor);
      }
      if (!digest.isZero()
          && (digest.compareTo(SHORTEST) < 0 || digest.compareTo(LONGEST_DIGEST) > 0)) {
        throw new IllegalArgumentException(
            "milena.scanner.quarantine.digest is 1 minute to 7 days, or 0 for never, not "
                + digest);
      }
    }
  }
}
