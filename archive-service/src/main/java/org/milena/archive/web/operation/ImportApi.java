package org.milena.archive.web.operation;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.milena.archive.importing.ImportLog;
import org.milena.archive.importing.ImportReport;
import org.milena.archive.importing.PostFrames;
import org.milena.archive.importing.PostImport;
import org.milena.common.directory.MailingList;
import org.milena.common.header.OneLine;
import org.milena.common.settings.ArchiveAccess;
import org.milena.common.web.ApiProblem;
import org.milena.common.web.Caller;
import org.milena.common.web.ListAccess;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Posts of other archives, for owners of a list. A request has as many messages as its sender
 * likes; the answer comes when all of them are in the log for good.
 */
@RestController
public class ImportApi {
  private static final Logger log = LoggerFactory.getLogger(ImportApi.class);
  private static final String TYPE = "application/x-milena-posts";
  private static final Pattern RUN = Pattern.compile("[A-Za-z0-9-]{1,64}");
  private static final int MAX_FROM = 200;

  private final PostImport posts;
  private final ImportLog imports;
  private final ListAccess access;
  private final int maxSize;

  /**
   * @param maxSize largest message that is taken, in octets
   */
  public ImportApi(PostImport posts, ImportLog imports, ListAccess access, int maxSize) {
    this.posts = posts;
    this.imports = imports;
    this.access = access;
    this.maxSize = maxSize;
  }

  /**
   * Takes messages into the archive of a list.
   *
   * @param from what they come from, in a few words
   * @param run the same for all requests that belong together
   * @param last whether this is the last request of its run
   * @param takePrivate whether a public archive takes what the other one kept from the public
   */
  @PostMapping(path = "/api/v1/archive/{list}/import", consumes = TYPE)
  ImportReport importPosts(
      @PathVariable("list") String address,
      @RequestParam(name = "from", defaultValue = "another archive") String from,
      @RequestParam(name = "run", required = false) @Nullable String run,
      @RequestParam(name = "last", defaultValue = "true") boolean last,
      @RequestParam(name = "dryRun", defaultValue = "false") boolean dryRun,
      @RequestParam(name = "private", defaultValue = "false") boolean takePrivate,
      HttpServletRequest http) {
    MailingList list = access.require(address);
    Caller caller = access.requireManage(list);
    if (run != null && !RUN.matcher(run).matches()) {
      throw ApiProblem.badRequest("invalid-run", "run is 1 to 64 letters, digits and hyphens.");
    }
    boolean open = list.settings().archive().archiveAccess() == ArchiveAccess.PUBLIC;
    PostImport.Request request =
        new PostImport.Request(
            list.id(),
            OneLine.of(from, MAX_FROM),
            Objects.requireNonNullElseGet(run, () -> UUID.randomUUID().toString()),
            dryRun,
            takePrivate || !open);
    ImportReport report = take(request, http);
    imports.note(
        new ImportLog.Importer(caller.name(), http.getRemoteAddr()), request, report, last);
    return report;
  }

  private ImportReport take(PostImport.Request request, HttpServletRequest http) {
    try {
      return posts.run(request, new PostFrames(http.getInputStream(), maxSize));
    } catch (PostFrames.BadFrameException e) {
      throw ApiProblem.badRequest("invalid-posts", String.valueOf(e.getMessage()));
    } catch (IOException e) {
      log.info("an import into {} broke off: {}", request.list(), e.toString());
      throw ApiProblem.badRequest(
          "cut-off", "The request is not whole: " + e.getMessage() + ". What came before is kept.");
    }
  }
}
