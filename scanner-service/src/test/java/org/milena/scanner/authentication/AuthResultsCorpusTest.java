package org.milena.scanner.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.milena.common.event.AuthenticationEvidence.Arc;
import org.milena.common.event.AuthenticationEvidence.Iprev;
import org.milena.common.event.AuthenticationEvidence.Signature;
import org.milena.common.event.AuthenticationEvidence.Spf;
import org.milena.common.event.AuthenticationReport;
import org.milena.common.event.AuthenticationReport.Result;
import org.milena.common.event.ClientFacts;
import org.milena.common.event.MailMeta;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.HeaderField;
import org.milena.common.mail.RawMessage;
import org.milena.common.mail.ReversePath;
import org.milena.scanner.ReceivedMail;
import org.milena.scanner.authentication.dmarc.DmarcChecker;
import org.milena.scanner.authentication.lookup.MapLookup;
import org.milena.scanner.authentication.results.AuthenticationResultsField;
import org.milena.scanner.authentication.results.ResultsReader;
import org.milena.scanner.authentication.results.ResultsReader.Results;
import org.milena.scanner.authentication.results.ResultsReader.Statement;
import org.milena.testkit.corpus.Corpus;
import org.milena.testkit.corpus.CorpusMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The mails of authentication_milter, with its DNS. Its own fields give what SPF, DKIM and iprev
 * found; DMARC and the field we write of it are ours, and are held against its.
 */
class AuthResultsCorpusTest {

  private static final Logger log = LoggerFactory.getLogger(AuthResultsCorpusTest.class);

  private static final List<String> ITS_NAMES = List.of("test.module", "server.example.com");
  private static final Pattern POLICY =
      Pattern.compile("^(_dmarc\\.\\S+?)\\.\\s.*\\sTXT\\s+\\(\\s*\"([^\"]*)\"");

  private final MapLookup names = zone();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  @AfterEach
  void stop() {
    threads.close();
  }

  @Test
  void findsWhatTheMilterFindsExceptWhereFromIsNotOne() {
    Map<String, String> same = new TreeMap<>();
    Map<String, String> different = new TreeMap<>();
    for (CorpusMessage mail : Corpus.emls("auth/auth-results")) {
      if (mail.name().contains("source-")) {
        continue;
      }
      RawMessage message = afterSmtp(mail.message());
      for (Results its : itsResults(message)) {
        List<Statement> dmarc =
            its.statements().stream().filter(s -> s.method().equals("dmarc")).toList();
        if (dmarc.isEmpty()) {
          continue; // it was told not to check this one
        }
        Results ours = oursGiven(its, message);
        String all = dmarc.stream().map(Statement::result).collect(Collectors.joining(" "));
        String name = mail.name().substring(mail.name().lastIndexOf('/') + 1);
        assertSameMethods(name, its, ours);
        if (all.equals(ours.of("dmarc").result())) {
          same.put(name, all);
        } else {
          different.put(name, "it: " + all + ", we: " + ours.of("dmarc").result());
        }
      }
    }
    log.info(
        "authentication_milter: {} results of DMARC the same, {} different: {}",
        same.size(),
        different.size(),
        different);
    assertThat(same).hasSize(27);
    // it checks each of three domains in two From fields; RFC 9989 section 5.3.1 checks none.
    // It finds no address behind a name that ends in a comma; we do, and its domain has no policy
    assertThat(different)
        .containsOnly(
            Map.entry("result-dmarc_multi.eml", "it: fail fail none, we: none"),
            Map.entry("result-dmarc_multi_2.eml", "it: fail fail none, we: none"),
            Map.entry("result-spam_headers.smtp.eml", "it: permerror, we: none"));
  }

  private static void assertSameMethods(String name, Results its, Results ours) {
    assertThat(ours.of("spf").result()).as(name).isEqualTo(its.of("spf").result());
    assertThat(signers(ours)).as(name).isEqualTo(signers(its));
    assertThat(ours.of("iprev").result()).as(name).isEqualTo(its.of("iprev").result());
  }

  private static List<String> signers(Results results) {
    return results.statements().stream()
        .filter(s -> s.method().equals("dkim"))
        .map(s -> s.result() + " " + s.properties().get("header.d"))
        .toList();
  }

  /** Its sanitizer removes hosts below ours as well, and is told of more names. */
  @Test
  void removesFromItsSourcesExactlyTheFieldsUnderOneName() {
    Map<String, Integer> removed = new TreeMap<>();
    for (CorpusMessage mail : Corpus.emls("auth/auth-results")) {
      if (!mail.name().contains("source-")) {
        continue;
      }
      for (String us : List.of("example.com", "test.module", "server.example.net", "module")) {
        RawMessage stamped =
            authenticator(
                    new Spf(Result.NONE, Spf.Identity.HELO, "", ""), List.of(), Result.FAIL, us)
                .stamp(
                    meta(ReversePath.of(""), "x"),
                    mail.message(),
                    AuthenticationReport.NOT_CHECKED);
        List<HeaderField> before = fields(mail.message());
        List<HeaderField> after = fields(stamped);
        List<String> kept =
            before.stream()
                .filter(field -> !name(field).equals(us))
                .map(HeaderField::toString)
                .toList();
        assertThat(after.stream().skip(1).map(HeaderField::toString)).isEqualTo(kept);
        assertThat(name(after.getFirst())).isEqualTo(us);
        removed.merge(us, before.size() - kept.size(), Integer::sum);
      }
    }
    log.info("authentication_milter: forged fields removed by name: {}", removed);
    assertThat(removed)
        .containsOnly(
            Map.entry("example.com", 1),
            Map.entry("test.module", 1),
            Map.entry("server.example.net", 1),
            Map.entry("module", 1));
  }

  private static List<HeaderField> fields(RawMessage message) {
    return HeaderBlock.of(message).all(AuthenticationResultsField.NAME);
  }

  /** The plain way: all before the first semicolon. */
  private static String name(HeaderField field) {
    return field.value().replaceFirst(";(?s:.*)", "").strip();
  }

  private static List<Results> itsResults(RawMessage message) {
    return fields(message).stream()
        .filter(field -> ITS_NAMES.contains(name(field)))
        .limit(1)
        .map(field -> ResultsReader.read(quoted(field.value())))
        .toList();
  }

  /** It writes slashes without the quotes that RFC 8601 wants for them. */
  private static String quoted(String value) {
    return value.replaceAll("(header\\.b|smtp\\.bits)=([^ ;]+)", "$1=\"$2\"");
  }

  private Results oursGiven(Results its, RawMessage message) {
    Statement said = its.of("spf");
    String mailFrom = said.properties().getOrDefault("smtp.mailfrom", "");
    String helo = said.properties().getOrDefault("smtp.helo", "");
    String domain = mailFrom.isEmpty() ? helo : mailFrom.substring(mailFrom.indexOf('@') + 1);
    var spf =
        new Spf(
            result(said),
            mailFrom.isEmpty() ? Spf.Identity.HELO : Spf.Identity.MAIL_FROM,
            domain,
            "");
    List<Signature> signatures = new ArrayList<>();
    for (Statement statement : its.statements()) {
      if (statement.method().equals("dkim") && result(statement) != Result.NONE) {
        String signer = statement.properties().getOrDefault("header.d", "");
        signatures.add(
            new Signature(result(statement), signer, "", "rsa-sha256", List.of(), true, ""));
      }
    }
    Authenticator authenticator =
        authenticator(spf, signatures, result(its.of("iprev")), its.authservId());
    MailMeta meta = meta(ReversePath.of(mailFrom), helo);
    RawMessage stamped = authenticator.stamp(meta, message, authenticator.check(meta, message));
    return ResultsReader.read(fields(stamped).getFirst().value());
  }

  private Authenticator authenticator(
      Spf spf, List<Signature> signatures, Result iprev, String us) {
    InstantSource clock = InstantSource.system();
    return new Authenticator(
        names,
        clock,
        threads,
        timed ->
            new Checks(
                (client, helo, path) -> spf,
                message -> signatures,
                message -> new Arc(Result.NONE, 0, null, ""),
                client -> new Iprev(iprev, null),
                new DmarcChecker(timed, clock)),
        us);
  }

  private static Result result(Statement statement) {
    return Result.valueOf(statement.result().toUpperCase(Locale.ROOT));
  }

  private static MailMeta meta(ReversePath path, String helo) {
    MailMeta plain = ReceivedMail.meta(ReceivedMail.nextId(), RawMessage.wrap(new byte[0]));
    return new MailMeta(
        plain.mailId(),
        plain.receivedAt(),
        path,
        plain.recipients(),
        plain.body(),
        new ClientFacts("192.0.2.1", helo, "ESMTP", null, null),
        plain.sha256(),
        null);
  }

  /** Half of the files are what the milter sent on by SMTP. */
  private static RawMessage afterSmtp(RawMessage message) {
    String text = new String(message.toByteArray(), StandardCharsets.ISO_8859_1);
    Matcher data = Pattern.compile("\nDATA\r?\n").matcher(text);
    return text.startsWith("EHLO") && data.find()
        ? RawMessage.wrap(text.substring(data.end()).getBytes(StandardCharsets.ISO_8859_1))
        : message;
  }

  private static MapLookup zone() {
    var names = new MapLookup();
    try (var lines = Files.lines(Corpus.root().resolve("auth/auth-results/zonefile.txt"))) {
      lines
          .map(POLICY::matcher)
          .filter(Matcher::find)
          .forEach(policy -> names.txt(policy.group(1), policy.group(2)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return names;
  }
}
