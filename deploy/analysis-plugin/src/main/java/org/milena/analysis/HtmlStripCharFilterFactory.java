package org.milena.analysis;

import java.io.Reader;
import java.util.Set;
import org.apache.lucene.analysis.charfilter.HTMLStripCharFilter;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.index.analysis.AbstractCharFilterFactory;

/** The {@code html_strip} filter: text without tags, but for the tags in {@code escaped_tags}. */
final class HtmlStripCharFilterFactory extends AbstractCharFilterFactory {

  private final Set<String> escapedTags;

  HtmlStripCharFilterFactory(String name, Settings settings) {
    super(name);
    this.escapedTags = Set.copyOf(settings.getAsList("escaped_tags"));
  }

  @Override
  public Reader create(Reader text) {
    return new HTMLStripCharFilter(text, escapedTags);
  }
}
