package org.milena.analysis;

import java.util.Locale;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.el.GreekLowerCaseFilter;
import org.apache.lucene.analysis.ga.IrishLowerCaseFilter;
import org.apache.lucene.analysis.tr.TurkishLowerCaseFilter;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.index.analysis.AbstractTokenFilterFactory;
import org.elasticsearch.index.analysis.NormalizingTokenFilterFactory;

/**
 * The {@code lowercase} filter. Its {@code language} may be Greek (accents go, and a final sigma is
 * one like others), Irish or Turkish (I is the capital of ı).
 */
final class LowerCaseFilterFactory extends AbstractTokenFilterFactory
    implements NormalizingTokenFilterFactory, WordByWord {

  private final Filtering lowering;

  LowerCaseFilterFactory(String name, Settings settings) {
    super(name, settings);
    String language = settings.get("language", "");
    this.lowering =
        switch (language.toLowerCase(Locale.ROOT)) {
          case "" -> LowerCaseFilter::new;
          case "greek" -> GreekLowerCaseFilter::new;
          case "irish" -> IrishLowerCaseFilter::new;
          case "turkish" -> TurkishLowerCaseFilter::new;
          default ->
              throw new IllegalArgumentException(
                  "The lowercase filter knows greek, irish and turkish, not [" + language + "]");
        };
  }

  @Override
  public TokenStream create(TokenStream tokens) {
    return lowering.apply(tokens);
  }

  @Override
  public TokenStream normalize(TokenStream tokens) {
    return create(tokens);
  }
}
