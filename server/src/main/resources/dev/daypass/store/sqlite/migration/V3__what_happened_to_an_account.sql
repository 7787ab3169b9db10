-- What happened to one account, for those who follow it: its calls are not among it.
CREATE INDEX facts_of_account ON facts (account, seq)
    WHERE type IN ('ApprovalAsked', 'AccountOpened', 'WideningAsked', 'WideningRefused', 'AccountWidened', 'AccountEnded');
