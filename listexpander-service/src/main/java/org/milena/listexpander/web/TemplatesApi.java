package org.milena.listexpander.web;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.milena.common.command.CommandOutcome;
import org.milena.common.directory.Directory;
import org.milena.common.directory.MailDomain;
import org.milena.common.directory.MailingList;
import org.milena.common.web.ApiProblem;
import org.milena.common.web.Caller;
import org.milena.common.web.ListAccess;
import org.milena.listexpander.web.TemplateTexts.Place;
import org.milena.listexpander.web.TemplateTexts.TemplateBody;
import org.milena.listexpander.web.TemplateTexts.TemplateDetails;
import org.milena.listexpander.web.TemplateTexts.TemplatePreview;
import org.milena.listexpander.web.TemplateTexts.TemplateView;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The texts of a list over REST, for its owners; and those for all lists of a domain or of the
 * site, for operators. Where the texts are is in the path; what can be done with them is the same.
 */
@RestController
@RequestMapping({
  "/api/v1/lists/{list}/templates",
  "/api/v1/domains/{domain}/templates",
  "/api/v1/site/templates"
})
public class TemplatesApi {
  private final Lists lists;
  private final ListAccess access;
  private final Directory directory;
  private final TemplateTexts texts;

  public TemplatesApi(Lists lists, ListAccess access, Directory directory, TemplateTexts texts) {
    this.lists = lists;
    this.access = access;
    this.directory = directory;
    this.texts = texts;
  }

  /** Every text, and whose it is. */
  @GetMapping
  List<TemplateView> all(
      @PathVariable Map<String, String> path, @RequestParam(defaultValue = "") String language) {
    return texts.all(place(path), language);
  }

  /** One text. */
  @GetMapping("/{name}")
  TemplateDetails one(
      @PathVariable Map<String, String> path,
      @PathVariable("name") String name,
      @RequestParam(defaultValue = "") String language) {
    return texts.one(place(path), name, language);
  }

  /** Writes one. */
  @PutMapping("/{name}")
  TemplateDetails put(
      @PathVariable Map<String, String> path,
      @PathVariable("name") String name,
      @RequestParam(defaultValue = "") String language,
      @RequestBody TemplateBody body) {
    return texts.put(place(path), name, language, body);
  }

  /** Takes one away, so that the next scope's is used again. */
  @DeleteMapping("/{name}")
  CommandOutcome.Done delete(
      @PathVariable Map<String, String> path,
      @PathVariable("name") String name,
      @RequestParam(defaultValue = "") String language) {
    return texts.delete(place(path), name, language);
  }

  /** Shows one with example values; nothing is stored. */
  @PostMapping("/{name}/preview")
  TemplatePreview preview(
      @PathVariable Map<String, String> path,
      @PathVariable("name") String name,
      @RequestParam(defaultValue = "") String language,
      @RequestBody TemplateBody body) {
    return texts.preview(place(path), name, language, body);
  }

  /** Whose texts the path names, where the caller may work on them. */
  private Place place(Map<String, String> path) {
    String list = path.get("list");
    if (list != null) {
      return owned(list);
    }
    String domain = path.get("domain");
    if (domain == null || !access.mayManageDomain(domain.toLowerCase(Locale.ROOT))) {
      Caller.current().requireOperator();
    }
    return domain == null ? Place.ofSite() : known(domain);
  }

  private Place owned(String address) {
    MailingList list = lists.require(address);
    access.requireManage(list);
    return Place.of(list);
  }

  /** A domain that somebody described, or that has a list. */
  private Place known(String name) {
    String domain = name.toLowerCase(Locale.ROOT);
    boolean described = !domain.equals(MailDomain.SITE) && directory.domain(domain).isPresent();
    if (described
        || directory.lists().stream().anyMatch(list -> list.address().domain().equals(domain))) {
      return Place.ofDomain(domain);
    }
    throw ApiProblem.notFound("There is no domain " + name + " here.");
  }
}
