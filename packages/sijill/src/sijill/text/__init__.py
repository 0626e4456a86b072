"""Arabic as text: orthography, tokenizer, sentences, numbers."""
