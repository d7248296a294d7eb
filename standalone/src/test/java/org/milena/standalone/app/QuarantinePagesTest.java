package org.milena.standalone.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.config.Customizer.withDefaults;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import jakarta.servlet.Filter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.milena.common.directory.Account;
import org.milena.common.directory.DirectoryTables;
import org.milena.common.directory.TableDirectory;
import org.milena.common.event.AuthenticationReport;
import org.milena.common.event.ClientFacts;
import org.milena.common.event.MailMeta;
import org.milena.common.event.MailPointer;
import org.milena.common.event.QuarantineMeta;
import org.milena.common.event.RecordPosition;
import org.milena.common.event.RecordType;
import org.milena.common.event.Route;
import org.milena.common.event.RoutedRecipient;
import org.milena.common.event.ScanReport;
import org.milena.common.event.ScanReport.EngineReport;
import org.milena.common.event.ScanReport.Objection;
import org.milena.common.event.ScanReport.Verdict;
import org.milena.common.event.SpamReport;
import org.milena.common.event.Topics;
import org.milena.common.mail.ForwardPath;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailId;
import org.milena.common.mail.RawMessage;
import org.milena.common.mail.ReversePath;
import org.milena.common.stage.InRecord;
import org.milena.common.stage.MailReader;
import org.milena.common.stage.MailRecords;
import org.milena.common.stage.OutRecord;
import org.milena.common.stage.Publisher;
import org.milena.common.table.MemoryTable;
import org.milena.common.web.Caller;
import org.milena.common.web.PageModel;
import org.milena.scanner.quarantine.Quarantine;
import org.milena.scanner.quarantine.QuarantineIndex;
import org.milena.scanner.quarantine.QuarantineLog;
import org.milena.scanner.routing.ProvenSender;
import org.milena.scanner.routing.Routing;
import org.milena.scanner.web.QuarantineDesk;
import org.milena.scanner.web.QuarantinePages;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.mock.web.MockServletContext;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.spring6.templateresolver.SpringResourceTemplateResolver;
import org.thymeleaf.spring6.view.ThymeleafViewResolver;

/** The pages of the quarantine, in the frame they have in a site. */
class QuarantinePagesTest {

  private static final Instant NOW = Instant.parse("2026-11-21T21:00:00Z");
  private static final Random RANDOM = new Random(11);
  private static final String HOSTILE =
      "From: \"</title><script>alert(1)</script>\" <x@example.org>\r\n"
          + "Subject: =?utf-8?Q?=0D=0ASet-Cookie:_a=E2=80=AE?= <img src=x onerror=alert(2)>"
          + " \" ' ${7919*7927} __${7919*7927}__ [[${7919*7927}]]\r\n"
          + "MIME-Version: 1.0\r\nX-Evil: <svg onload=alert(3)>\u001b[2J\r\n"
          + "Content-Type: application/x; name=\"<b onclick=alert(4)>.exe\"\r\n\r\nx\r\n";

  private static final Log LOG = new Log();
  private static AnnotationConfigWebApplicationContext context;
  private static MockMvc site;

  /** The quarantine's log in memory. */
  private static final class Log implements QuarantineLog, Publisher, MailReader {
    private final List<InRecord> records = new ArrayList<>();
    private final QuarantineIndex index =
        new QuarantineIndex(Duration.ofDays(30), InstantSource.fixed(NOW));

    @Override
    public CompletableFuture<RecordPosition> publish(OutRecord record) {
      InRecord read =
          new InRecord(
              new RecordPosition(record.topic(), 0, records.size()),
              record.key().orElse(null),
              record.value(),
              record.headers(),
              NOW);
      records.add(read);
      index.apply(read);
      return CompletableFuture.completedFuture(read.position());
    }

    @Override
    public void awaitPassed(RecordPosition position, Duration atMost) {
      assertThat(position.offset()).isLessThan(records.size());
    }

    @Override
    public boolean isComplete() {
      return true;
    }

    @Override
    public StoredMail read(MailPointer pointer) {
      InRecord record = records.get((int) pointer.position().offset());
      return new StoredMail(MailRecords.message(record), record);
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableWebMvc
  @EnableWebSecurity
  static class Pages {
    @Bean
    QuarantinePages pages() {
      InstantSource clock = InstantSource.fixed(NOW);
      return new QuarantinePages(
          new QuarantineDesk(
              new Quarantine(
                  LOG.index,
                  LOG,
                  LOG,
                  LOG,
                  new Routing(Optional.empty(), new ProvenSender(_ -> Optional.empty()), clock),
                  (mail, _) -> Objects.requireNonNull(mail.scan()),
                  false,
                  clock,
                  new Random()),
              new TableDirectory(DirectoryTables.of(MemoryTable::of), clock)));
    }

    @Bean
    PageModel pageModel() {
      return new PageModel("lists.example.org");
    }

    @Bean
    SecurityFilterChain chain(HttpSecurity http) throws Exception {
      Caller anna = new Caller("anna", null, true, Set.of(Account.Scope.values()));
      Filter signedIn =
          (request, response, next) -> {
            SecurityContextHolder.getContext()
                .setAuthentication(new UsernamePasswordAuthenticationToken(anna, "", List.of()));
            next.doFilter(request, response);
          };
      return http.csrf(withDefaults())
          .addFilterBefore(signedIn, AnonymousAuthenticationFilter.class)
          .build();
    }

    @Bean
    SpringResourceTemplateResolver templates() {
      SpringResourceTemplateResolver resolver = new SpringResourceTemplateResolver();
      resolver.setPrefix("classpath:/templates/");
      resolver.setSuffix(".html");
      resolver.setCharacterEncoding("UTF-8");
      return resolver;
    }

    @Bean
    ThymeleafViewResolver views(SpringResourceTemplateResolver templates) {
      SpringTemplateEngine engine = new SpringTemplateEngine();
      engine.setTemplateResolver(templates);
      ThymeleafViewResolver views = new ThymeleafViewResolver();
      views.setTemplateEngine(engine);
      views.setCharacterEncoding("UTF-8");
      return views;
    }
  }

  @BeforeAll
  static void open() {
    context = new AnnotationConfigWebApplicationContext();
    context.setServletContext(new MockServletContext());
    context.register(Pages.class);
    context.refresh();
    site =
        MockMvcBuilders.webAppContextSetup(context)
            .addFilters(context.getBean("springSecurityFilterChain", Filter.class))
            .build();
  }

  @AfterAll
  static void close() {
    context.close();
  }

  @Test
  void whatAMailSaysIsTextAndNeverMarkup() throws Exception {
    MailId id = keep();
    for (String path : new String[] {"/ops/quarantine", "/ops/quarantine/" + id}) {
      MockHttpServletResponse answer = site.perform(get(path)).andReturn().getResponse();
      assertThat(answer.getStatus()).isEqualTo(200);
      assertThat(answer.getHeader("Set-Cookie")).isNull();
      String page = answer.getContentAsString(StandardCharsets.UTF_8);
      assertThat(page)
          .doesNotContain("<script", "<img", "<svg", "<b onclick", "\u001b", "\u202e")
          .contains("&lt;img src=x onerror=alert(2)&gt;")
          .contains("Set-Cookie: a\\u{202e}")
          .contains("${7919*7927} __${7919*7927}__ [[${7919*7927}]]")
          .doesNotContain("62773913");
    }
    String page = look(id);
    assertThat(page)
        .contains("&lt;b onclick=alert(4)&gt;.exe")
        .contains("X-Evil: &lt;svg onload=alert(3)&gt;\\u{1b}[2J")
        .contains("policy, attachment", "&lt;i&gt;name&lt;/i&gt;.exe is blocked")
        .contains("suspect, 6.5 of 15.0 points")
        .contains("SHA-256");
  }

  @Test
  void filtersComeBackAsTheyWereTypedInAndAreText() throws Exception {
    keep();
    String page =
        site.perform(
                get("/ops/quarantine")
                    .param("text", "\"><script>alert(1)</script>")
                    .param("verdict", "policy"))
            .andReturn()
            .getResponse()
            .getContentAsString();
    assertThat(page).doesNotContain("<script").contains("&lt;script&gt;", "There is none.");
  }

  @Test
  void aReleaseTakesTheTokenOfThePageAndIsNoted() throws Exception {
    MailId id = keep();
    String path = "/ops/quarantine/" + id;
    MockHttpSession session = new MockHttpSession();
    String page =
        site.perform(get(path).session(session)).andReturn().getResponse().getContentAsString();
    Matcher token = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"").matcher(page);
    assertThat(token.find()).isTrue();
    assertThat(
            site.perform(post(path + "/release").session(session))
                .andReturn()
                .getResponse()
                .getStatus())
        .as("without the token")
        .isEqualTo(403);
    MockHttpServletResponse done =
        site.perform(
                post(path + "/release")
                    .session(session)
                    .param("_csrf", token.group(1))
                    .param("note", "<b>fine</b>"))
            .andReturn()
            .getResponse();
    assertThat(done.getRedirectedUrl()).isEqualTo(path);
    page = site.perform(get(path).session(session)).andReturn().getResponse().getContentAsString();
    assertThat(page)
        .contains("released by anna", "&lt;b&gt;fine&lt;/b&gt;")
        .doesNotContain("<b>fine", path + "/delete");
    assertThat(
            site.perform(post(path + "/delete").session(session).param("_csrf", token.group(1)))
                .andReturn()
                .getFlashMap()
                .get("problem"))
        .isEqualTo("This mail was released before.");
  }

  private static String look(MailId id) throws Exception {
    return site.perform(get("/ops/quarantine/" + id))
        .andReturn()
        .getResponse()
        .getContentAsString(StandardCharsets.UTF_8);
  }

  private static MailId keep() {
    MailId id = MailId.next(InstantSource.fixed(NOW), RANDOM);
    RawMessage message = RawMessage.wrap(HOSTILE.getBytes(StandardCharsets.UTF_8));
    ScanReport report =
        new ScanReport(
            Verdict.POLICY,
            List.of(
                new EngineReport(
                    "builtin",
                    "2",
                    Verdict.POLICY,
                    "<i>name</i>.exe is blocked",
                    Objection.ATTACHMENT)),
            AuthenticationReport.NOT_CHECKED,
            NOW,
            null,
            new SpamReport(
                SpamReport.Level.SUSPECT, 6.5, 15, "add header", List.of("A_RULE", "<u>")),
            ScanReport.Passage.KEEP);
    MailMeta mail =
        new MailMeta(
            id,
            NOW,
            ReversePath.of("milena@example.org"),
            List.of(
                new RoutedRecipient(
                    ForwardPath.of("users@lists.example.org"),
                    new Route.ListPost(ListId.of("users.lists.example.org")))),
            new MailMeta.BodyFacts(true, false),
            new ClientFacts("192.0.2.1", "mail.example.org", "ESMTPS", null, null),
            message.sha256(),
            report);
    var unused =
        LOG.publish(
            MailRecords.mail(
                Topics.QUARANTINE,
                id.toString(),
                RecordType.QUARANTINED_MAIL,
                new QuarantineMeta(mail, "policy: builtin says blocked", NOW),
                id,
                message));
    return id;
  }
}
