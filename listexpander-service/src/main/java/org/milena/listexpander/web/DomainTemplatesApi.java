package org.milena.listexpander.web;

import java.util.List;
import java.util.Locale;
import org.milena.common.command.CommandOutcome;
import org.milena.common.directory.Directory;
import org.milena.common.directory.MailDomain;
import org.milena.common.web.ApiProblem;
import org.milena.common.web.Caller;
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

/** The texts for all lists of a domain over REST; for operators. */
@RestController
@RequestMapping("/api/v1/domains/{domain}/templates")
public class DomainTemplatesApi {
  private final Directory directory;
  private final TemplateTexts texts;

  public DomainTemplatesApi(Directory directory, TemplateTexts texts) {
    this.directory = directory;
    this.texts = texts;
  }

  /** Every text, and whose it is. */
  @GetMapping
  List<TemplateView> all(
      @PathVariable("domain") String domain, @RequestParam(defaultValue = "") String language) {
    return texts.all(known(domain), language);
  }

  /** One text. */
  @GetMapping("/{name}")
  TemplateDetails one(
      @PathVariable("domain") String domain,
      @PathVariable("name") String name,
      @RequestParam(defaultValue = "") String language) {
    return texts.one(known(domain), name, language);
  }

  /** Writes one. */
  @PutMapping("/{name}")
  TemplateDetails put(
      @PathVariable("domain") String domain,
      @PathVariable("name") String name,
      @RequestParam(defaultValue = "") String language,
      @RequestBody TemplateBody body) {
    return texts.put(known(domain), name, language, body);
  }

  /** Takes one away, so that the next scope's is used again. */
  @DeleteMapping("/{name}")
  CommandOutcome.Done delete(
      @PathVariable("domain") String domain,
      @PathVariable("name") String name,
      @RequestParam(defaultValue = "") String language) {
    return texts.delete(known(domain), name, language);
  }

  /** Shows one with example values; nothing is stored. */
  @PostMapping("/{name}/preview")
  TemplatePreview preview(
      @PathVariable("domain") String domain,
      @PathVariable("name") String name,
      @RequestParam(defaultValue = "") String language,
      @RequestBody TemplateBody body) {
    return texts.preview(known(domain), name, language, body);
  }

  /** A domain that somebody described, or that has a list. */
  private Place known(String name) {
    Caller.current().requireOperator();
    String domain = name.toLowerCase(Locale.ROOT);
    boolean described = !domain.equals(MailDomain.SITE) && directory.domain(domain).isPresent();
    if (described
        || directory.lists().stream().anyMatch(list -> list.address().domain().equals(domain))) {
      return Place.ofDomain(domain);
    }
    throw ApiProblem.notFound("There is no domain " + name + " here.");
  }
}
