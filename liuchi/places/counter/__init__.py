"""The one-stop counter: what to bring, a number, an appointment, how far along, on behalf of others."""
