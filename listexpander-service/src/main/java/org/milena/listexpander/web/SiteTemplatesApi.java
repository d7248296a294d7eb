package org.milena.listexpander.web;

import java.util.List;
import org.milena.common.command.CommandOutcome;
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

/** The texts for all lists of the site over REST; for operators. */
@RestController
@RequestMapping("/api/v1/site/templates")
public class SiteTemplatesApi {
  private final TemplateTexts texts;

  public SiteTemplatesApi(TemplateTexts texts) {
    this.texts = texts;
  }

  /** Every text, and whose it is. */
  @GetMapping
  List<TemplateView> all(@RequestParam(defaultValue = "") String language) {
    return texts.all(site(), language);
  }

  /** One text. */
  @GetMapping("/{name}")
  TemplateDetails one(
      @PathVariable("name") String name, @RequestParam(defaultValue = "") String language) {
    return texts.one(site(), name, language);
  }

  /** Writes one. */
  @PutMapping("/{name}")
  TemplateDetails put(
      @PathVariable("name") String name,
      @RequestParam(defaultValue = "") String language,
      @RequestBody TemplateBody body) {
    return texts.put(site(), name, language, body);
  }

  /** Takes one away, so that the next scope's is used again. */
  @DeleteMapping("/{name}")
  CommandOutcome.Done delete(
      @PathVariable("name") String name, @RequestParam(defaultValue = "") String language) {
    return texts.delete(site(), name, language);
  }

  /** Shows one with example values; nothing is stored. */
  @PostMapping("/{name}/preview")
  TemplatePreview preview(
      @PathVariable("name") String name,
      @RequestParam(defaultValue = "") String language,
      @RequestBody TemplateBody body) {
    return texts.preview(site(), name, language, body);
  }

  private static Place site() {
    Caller.current().requireOperator();
    return Place.ofSite();
  }
}
