package org.milena.listexpander.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.milena.common.directory.Directory;
import org.milena.common.directory.MailingList;
import org.milena.common.event.MailJson;
import org.milena.common.failure.OutageException;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.ParsedAddress;
import org.milena.common.stage.Publisher;
import org.milena.common.web.ApiProblem;
import org.milena.common.web.Caller;
import org.milena.common.web.ListAccess;
import org.milena.listexpander.ledger.ListTables;
import org.milena.listexpander.list.ListEdits;
import org.milena.listexpander.migration.ImportReport;
import org.milena.listexpander.migration.ListExport;
import org.milena.listexpander.migration.ListFileImport;
import org.milena.listexpander.migration.ListImport;
import org.milena.listexpander.migration.ListPlan;
import org.milena.listexpander.migration.Mailman2Plans;
import org.milena.listexpander.migration.mailman2.Mailman2Config;
import org.milena.listexpander.migration.mailman2.Mailman2Reading;
import org.milena.listexpander.migration.mailman3.Mailman3;
import org.milena.listexpander.migration.mailman3.Mailman3Import;
import org.milena.listexpander.migration.mailman3.Mailman3Plans;
import org.milena.listexpander.moderation.HeldQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Lists that move in and out, over REST. Who accepts {@code application/x-ndjson} is told how far
 * an import is, a line each; the last line is the report, or the problem.
 */
@RestController
@RequestMapping("/api/v1")
public class MigrationApi {
  private static final Logger log = LoggerFactory.getLogger(MigrationApi.class);
  private static final String PROGRESS = "application/x-ndjson";

  private final Lists lists;
  private final ListAccess access;
  private final ListExport export;
  private final ListImport.Site site;
  private final Mailman3.Door mailman3;
  private final InstantSource clock;

  public MigrationApi(
      Lists lists,
      ListAccess access,
      Directory directory,
      ListTables tables,
      ListEdits edits,
      HeldQueue held,
      Publisher publisher,
      CommandSender commands,
      ListExport export,
      Mailman3.Door mailman3,
      InstantSource clock) {
    this.lists = lists;
    this.access = access;
    this.export = export;
    this.mailman3 = mailman3;
    this.clock = clock;
    this.site =
        new ListImport.Site(directory, tables, edits, held, publisher, commands::ask, clock);
  }

  /** The whole list as one file. */
  @GetMapping("/lists/{list}/export")
  void exportList(@PathVariable("list") String address, HttpServletResponse response)
      throws IOException {
    MailingList list = lists.require(address);
    access.requireManage(list);
    response.setContentType("application/gzip");
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION,
        "attachment; filename=\"" + list.id() + ".milena-list.jsonl.gz\"");
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    export.write(list, response.getOutputStream());
  }

  /** Takes a list over from such a file. */
  @PostMapping(path = "/lists/import", consumes = MediaType.APPLICATION_OCTET_STREAM_VALUE)
  void importList(
      @RequestParam(name = "address", required = false) @Nullable String address,
      @RequestParam(name = "dryRun", defaultValue = "false") boolean dryRun,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    Caller.current().requireOperator();
    Optional<MailAddress> wanted = Optional.ofNullable(address).map(MigrationApi::parse);
    Path file = Files.createTempFile("milena-list", ".gz");
    try {
      try (OutputStream out = Files.newOutputStream(file)) {
        request.getInputStream().transferTo(out);
      }
      answer(
          request,
          response,
          progress ->
              switch (ListFileImport.run(
                  site, () -> Files.newInputStream(file), wanted, dryRun, progress)) {
                case ListFileImport.Outcome.Imported(var report) -> done(report);
                case ListFileImport.Outcome.Broken(var reason) ->
                    throw ApiProblem.badRequest("list-file", reason);
              });
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /**
   * Takes a list over from its {@code config.pck}.
   *
   * @param list the address it will have; without one, the name at the host that the file names
   * @param name of the folder of the old list; without one, that of the address
   */
  @PostMapping(path = "/imports/mailman2", consumes = MediaType.APPLICATION_OCTET_STREAM_VALUE)
  void importMailman2(
      @RequestParam(name = "list", required = false) @Nullable String list,
      @RequestParam(name = "name", required = false) @Nullable String name,
      @RequestParam(name = "dryRun", defaultValue = "false") boolean dryRun,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    Caller.current().requireOperator();
    if (list == null && name == null) {
      throw ApiProblem.badRequest("list-missing", "Say which address the list shall have.");
    }
    Optional<MailAddress> wanted = Optional.ofNullable(list).map(MigrationApi::parse);
    String folder = name != null ? name : wanted.map(MailAddress::localPart).orElse("");
    Mailman2Reading.Read read =
        switch (Mailman2Config.read(folder, request.getInputStream().readAllBytes())) {
          case Mailman2Reading.Read known -> known;
          case Mailman2Reading.Refused(var reason, var offset) ->
              throw ApiProblem.badRequest(
                  "config-pck", "%s (at octet %,d)".formatted(reason, offset));
        };
    MailAddress address =
        wanted
            .or(() -> Mailman2Plans.addressOf(read.list()))
            .orElseThrow(() ->
                ApiProblem.badRequest(
                    "list-missing",
                    "The file does not say the host of the list: say which address it shall"
                        + " have."));
    requireListAddress(address);
    answer(
        request,
        response,
        progress ->
            done(
                new ListImport(site, address, dryRun, 0, progress)
                    .run(Mailman2Plans.plan(address, read, clock.instant()))));
  }

  /**
   * Where lists come from.
   *
   * @param url of Mailman's REST API
   * @param list its address there and here; without one, all lists
   */
  record OldSite(
      @Nullable String url,
      @Nullable String user,
      @Nullable String password,
      @Nullable MailAddress list,
      @Nullable Boolean dryRun) {
    /** Does not show the password. */
    @Override
    public String toString() {
      return "OldSite[" + url + "]";
    }
  }

  /** Takes lists over from a running Mailman 3. */
  @PostMapping(path = "/imports/mailman3")
  void importMailman3(
      @RequestBody OldSite old, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Caller.current().requireOperator();
    URI url = url(old.url());
    MailAddress one = old.list();
    if (one != null) {
      requireListAddress(one);
    }
    Mailman3 mailman =
        asked(() ->
            mailman3.open(
                url,
                Objects.requireNonNullElse(old.user(), ""),
                Objects.requireNonNullElse(old.password(), "")));
    boolean dryRun = Boolean.TRUE.equals(old.dryRun());
    if (one != null) {
      answer(
          request,
          response,
          progress -> {
            ListPlan plan =
                asked(() -> Mailman3Plans.plan(mailman, one, clock.instant()))
                    .orElseThrow(() -> ApiProblem.notFound("Mailman has no list " + one + "."));
            return List.of(done(new ListImport(site, one, dryRun, 0, progress).run(plan)));
          });
      return;
    }
    List<MailAddress> all = asked(() -> Mailman3Plans.addresses(mailman));
    answer(
        request,
        response,
        progress ->
            Mailman3Import.all(
                mailman,
                all,
                dryRun,
                clock,
                plan -> new ListImport(site, plan.address(), dryRun, 0, progress).run(plan)));
  }

  /** What was refused is an answer to the question of a dry run, and else a problem. */
  private static ImportReport done(ImportReport report) {
    ImportReport.Refusal refused = report.refused();
    if (refused != null && !report.dryRun()) {
      throw ApiProblem.conflict(refused.code(), refused.text());
    }
    return report;
  }

  private static URI url(@Nullable String text) {
    if (text == null) {
      throw ApiProblem.badRequest("url-missing", "Say where the REST API of Mailman is.");
    }
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw ApiProblem.badRequest("invalid-url", "This is no URL: " + e.getReason() + ".");
    }
  }

  /** Something that Mailman is asked. */
  @FunctionalInterface
  private interface Question<T> {
    T ask() throws IOException;
  }

  private static <T> T asked(Question<T> question) {
    try {
      return question.ask();
    } catch (IOException e) {
      log.info("Mailman cannot be read: {}", e.toString());
      throw ApiProblem.badRequest("mailman3", String.valueOf(e.getMessage()));
    }
  }

  /** What can take long; answers with a report, or several. */
  @FunctionalInterface
  private interface Work {
    Object run(ListImport.Progress progress) throws IOException;
  }

  /** The report alone, or lines of progress and the report last. */
  private static void answer(HttpServletRequest request, HttpServletResponse response, Work work)
      throws IOException {
    String accept = Objects.requireNonNullElse(request.getHeader(HttpHeaders.ACCEPT), "");
    if (!accept.contains(PROGRESS)) {
      byte[] report = MailJson.bytes(work.run(ListImport.Progress.NONE));
      response.setContentType(MediaType.APPLICATION_JSON_VALUE);
      response.getOutputStream().write(report);
      return;
    }
    OutputStream out = response.getOutputStream();
    response.setContentType(PROGRESS);
    try {
      Object report = work.run((done, all) -> tell(out, Map.of("members", done, "of", all)));
      line(out, Map.of("report", report));
    } catch (ApiProblem | OutageException e) {
      if (!response.isCommitted()) {
        throw e;
      }
      log.info("an import ended early: {}", e.toString());
      line(out, Map.of("problem", String.valueOf(e.getMessage())));
    }
  }

  /** Who no longer listens does not stop an import in its middle. */
  private static void tell(OutputStream out, Map<String, Integer> progress) {
    try {
      line(out, progress);
    } catch (IOException e) {
      log.debug("nobody hears of an import's progress any more", e);
    }
  }

  private static void line(OutputStream out, Object value) throws IOException {
    out.write(MailJson.bytes(value));
    out.write('\n');
    out.flush();
  }

  private static void requireListAddress(MailAddress address) {
    if (!ListId.canBe(address)) {
      throw ApiProblem.badRequest("list-name", "No list can have the address " + address + ".");
    }
  }

  private static MailAddress parse(String address) {
    return switch (MailAddress.parse(address)) {
      case ParsedAddress.Valid(var valid) -> {
        requireListAddress(valid);
        yield valid;
      }
      case ParsedAddress.Invalid(var reason) ->
          throw ApiProblem.badRequest(
              "invalid-address", address + " is no address: " + reason + ".");
    };
  }
}
